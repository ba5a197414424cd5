/** Every number the engine is tuned by, once. The same on every site; nothing here knows a building. */
export interface Rules {
  /** How far back sightings of a tag are used. */
  readonly windowMs: number;
  /** Sightings kept per gateway of one tag; the oldest goes first. */
  readonly samplesPerGateway: number;
  /** Age at which a sighting counts 1/e of a new one. */
  readonly decayMs: number;
  /** A gateway clock this far ahead of ours is not believed. */
  readonly aheadMs: number;
  /** One fix per this time on average, while the tag moves. */
  readonly fixIntervalMs: number;
  /** One fix per this time on average, while the tag rests. */
  readonly restingFixIntervalMs: number;
  /** Fixes a quiet tag saves up, so that one burst after a pause is used to its last sighting. */
  readonly savedFixes: number;
  /** Gateways used per fix, the strongest. */
  readonly maxGateways: number;

  /** Loss through one slab between levels, dB, and its uncertainty. */
  readonly slabLossDb: number;
  readonly slabSigmaDb: number;
  /** Fast fading of one sighting, standard deviation, dB. */
  readonly fadingDb: number;
  /** Uncertainty of a tag's own strength (its power, a body beside it), dB, common to all gateways: on a calibrated site
   * where tags are of the make that was surveyed, and on one without calibration. */
  readonly strengthSigmaDb: number;
  readonly unknownStrengthSigmaDb: number;
  /** Degrees of freedom of the robust (Student t) residual. */
  readonly tailDegrees: number;
  /** A signal weaker than expected (obstruction) counts as this many times more uncertain than a stronger one. */
  readonly obstructionFactor: number;

  /** Speed per axis of a walking tag and of one at rest, standard deviation, m/s; how long it keeps its course. */
  readonly walkSpeedMps: number;
  readonly restSpeedMps: number;
  readonly courseMs: number;
  /** How often a tag at rest sets off and a walking one stops, per second. */
  readonly startPerS: number;
  readonly stopPerS: number;
  /** A fix further than this many standard deviations from the predicted place is weighed down. */
  readonly gateSigmas: number;
  /** Share of a single position's variance that repeats from fix to fix (shadowing): what averaging cannot remove. */
  readonly standingShare: number;
  /** Least share of a window taken to be new evidence. */
  readonly leastNews: number;
  /** How freely signals may contradict the predicted place when they leave several places open, m. */
  readonly nearSlackM: number;
  /** A tag rests when it has stayed this long within this distance, or within its radius50 if that is more. */
  readonly restAfterMs: number;
  readonly restWithinM: number;

  /** Log-odds by which another level must lead, and for how many fixes in a row. */
  readonly levelLead: number;
  readonly levelLeadFixes: number;

  /** How much less likely a unit is that no opening joins to the present one. */
  readonly wallFactor: number;
  /** Probability by which another unit must lead the present one, at no error and per metre of radius50. */
  readonly zoneLead: number;
  readonly zoneLeadPerMetre: number;

  /** Multiplies the computed radii so that they hold the truth as often as they say. */
  readonly radiusFactor: number;
  /** A resting tag's row is kept for history after this time. */
  readonly keepEveryMs: number;
}

export const defaultRules: Rules = {
  windowMs: 10_000,
  samplesPerGateway: 16,
  decayMs: 1_000,
  aheadMs: 5_000,
  fixIntervalMs: 500,
  restingFixIntervalMs: 2_000,
  savedFixes: 16,
  maxGateways: 16,
  slabLossDb: 16,
  slabSigmaDb: 5,
  fadingDb: 4,
  strengthSigmaDb: 1,
  unknownStrengthSigmaDb: 5,
  tailDegrees: 5,
  obstructionFactor: 1.5,
  walkSpeedMps: 0.9,
  restSpeedMps: 0.2,
  courseMs: 4_000,
  startPerS: 0.1,
  stopPerS: 0.1,
  gateSigmas: 3,
  standingShare: 0.8,
  leastNews: 0.05,
  nearSlackM: 2,
  restAfterMs: 15_000,
  restWithinM: 1.5,
  levelLead: 2,
  levelLeadFixes: 3,
  wallFactor: 0.5,
  zoneLead: 0.05,
  zoneLeadPerMetre: 0.03,
  radiusFactor: 1,
  keepEveryMs: 60_000,
};

/** Fills in the defaults. @throws RangeError naming a rule that is not a finite number of its kind. */
export function completeRules(rules: Partial<Rules> = {}): Rules {
  const complete: Rules = { ...defaultRules, ...rules };
  for (const [name, value] of Object.entries(complete)) {
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
      throw new RangeError(`Unexpected rule ${name}: ${String(value)}`);
    }
  }
  return complete;
}

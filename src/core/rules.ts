/** One way of moving: speed per axis (standard deviation, m/s) and how long it keeps its course, seconds. */
export interface GaitRules {
  readonly speedMps: number;
  readonly courseS: number;
}

/** How tags move and how much is learnt of them on the grid. */
export interface GridRules {
  /** Side of a cell, metres, at most; finer where a level is small enough to be cut into `cellsPerLevel` finer cells. */
  readonly cellM: number;
  readonly finestCellM: number;
  readonly cellsPerLevel: number;
  /** Spread of a walking tag beyond its course, m² per axis and second. */
  readonly walkM2PerS: number;
  /** Speed of a walking tag per axis (standard deviation, m/s) and how long it keeps its course, seconds. */
  readonly walkMps: number;
  readonly courseS: number;
  readonly setOffPerS: number;
  readonly stopPerS: number;
  /** Chance that a tag newly heard is at rest. */
  readonly restShare: number;
  /** What passes through a wall beside what passes through a door: plans err. */
  readonly wallLeak: number;
  /** Way after which the shadowing of a walking tag is another, metres. */
  readonly shadowM: number;
  /** Looks at a resting tag that are remembered. */
  readonly mostLooks: number;
  /** How often a tag in a lift or on stairs changes level, and one that by the plan cannot, per second. */
  readonly climbPerS: number;
  readonly levelLeakPerS: number;
  /** A tag not heard for so long may be anywhere, seconds. */
  readonly forgetS: number;
  /** How much of what silent gateways say is counted: neighbours are shadowed alike. */
  readonly silenceShare: number;
  /** How tags differ in strength on a calibrated site, standard deviation, dB, until a tag's own is learnt. */
  readonly tagSpreadDb: number;
}

/** Ways from signals to a place; a site takes one. */
export const methodNames = ['least-squares', 'bayes-grid'] as const;
export type MethodName = (typeof methodNames)[number];

/** Every number the engine is tuned by, once. The same on every site; nothing here knows a building. */
export interface Rules {
  /** How tags are followed: fast without the plan, or over its rooms and doors. */
  readonly method: MethodName;
  readonly grid: GridRules;
  /** How far back sightings of a tag are used; of one that is seldom heard, at most so far. */
  readonly windowMs: number;
  readonly longestWindowMs: number;
  /** Sightings kept per gateway of one tag; the oldest goes first. */
  readonly samplesPerGateway: number;
  /** Age at which a sighting counts 1/e of a new one. */
  readonly decayMs: number;
  /** The same while a tag rests and stays the same. */
  readonly quietDecayMs: number;
  /** A gateway clock this far ahead of ours is not believed. */
  readonly aheadMs: number;
  /** One fix per this time on average, while the tag moves. */
  readonly fixIntervalMs: number;
  /** One fix per this time on average, while the tag rests and what is heard of it changes… */
  readonly restingFixIntervalMs: number;
  /** …and one per this time while it stays the same: looked at as often, but there is nothing to work out anew. */
  readonly quietFixIntervalMs: number;
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

  /** How tags move: at rest, pushed about, walking. */
  readonly gaits: readonly GaitRules[];
  /** How often a tag changes between them, per second. */
  readonly gaitChangesPerS: number;
  /** A fix further than this many standard deviations from the predicted place is weighed down. */
  readonly gateSigmas: number;
  /** Share of a single position's variance that repeats from fix to fix (shadowing): what averaging cannot remove. */
  readonly standingShare: number;
  /** Least share of a window taken to be new evidence. */
  readonly leastNews: number;
  /** How freely signals may contradict the predicted place: metres, and seconds of the tag's likely speed. */
  readonly nearSlackM: number;
  readonly nearSlackS: number;
  /** A tag rests when it has stayed this long within this distance, or within its usual error if that is more. */
  readonly restAfterMs: number;
  readonly restWithinM: number;

  /** Log-odds by which another level must lead, and for how many fixes in a row. */
  readonly levelLead: number;
  readonly levelLeadFixes: number;

  /** How much less likely a unit is that no opening joins to the present one. */
  readonly wallFactor: number;
  /** Probability from which another unit than the present one is entered; from a half on it is named. */
  readonly zoneEntry: number;

  /** A resting tag's row is kept for history after this time. */
  readonly keepEveryMs: number;
}

export const defaultRules: Rules = {
  method: 'least-squares',
  grid: {
    cellM: 0.75,
    finestCellM: 0.35,
    cellsPerLevel: 2000,
    walkM2PerS: 0.1,
    walkMps: 0.4,
    courseS: 6,
    setOffPerS: 0.03,
    stopPerS: 0.03,
    restShare: 0.5,
    wallLeak: 0.003,
    shadowM: 0.2,
    mostLooks: 40,
    climbPerS: 0.05,
    levelLeakPerS: 1e-8,
    forgetS: 30,
    silenceShare: 0.4,
    tagSpreadDb: 2.5,
  },
  windowMs: 10_000,
  longestWindowMs: 25_000,
  samplesPerGateway: 16,
  decayMs: 600,
  quietDecayMs: 1_500,
  aheadMs: 5_000,
  fixIntervalMs: 500,
  restingFixIntervalMs: 1_000,
  quietFixIntervalMs: 4_000,
  savedFixes: 16,
  maxGateways: 16,
  slabLossDb: 16,
  slabSigmaDb: 5,
  fadingDb: 4,
  strengthSigmaDb: 1.2,
  unknownStrengthSigmaDb: 4,
  tailDegrees: 5,
  obstructionFactor: 1.7,
  gaits: [
    { speedMps: 0.1, courseS: 4 },
    { speedMps: 0.4, courseS: 8 },
    { speedMps: 1.5, courseS: 12 },
  ],
  gaitChangesPerS: 0.08,
  gateSigmas: 3,
  standingShare: 0.8,
  leastNews: 0.05,
  nearSlackM: 2,
  nearSlackS: 2,
  restAfterMs: 15_000,
  restWithinM: 1.5,
  levelLead: 2,
  levelLeadFixes: 3,
  wallFactor: 0.5,
  zoneEntry: 0.6,
  keepEveryMs: 60_000,
};

/** Instants of a window are kept in short words. */
const mostWindowMs = 30_000;
/** Smaller cells cost more than any plan is worth. */
const leastCellM = 0.1;

/** Fills in the defaults. @throws RangeError naming a rule that is not a number from 0 up. */
export function completeRules(rules: Partial<Rules> = {}): Rules {
  const complete: Rules = { ...defaultRules, ...rules };
  const { gaits, method, grid, ...numbers } = complete;
  if (!methodNames.includes(method)) throw new RangeError(`Unexpected rule method: ${method}`);
  for (const [name, value] of Object.entries({ ...numbers, ...grid })) {
    if (!Number.isFinite(value) || value < 0) throw new RangeError(`Unexpected rule ${name}: ${value}`);
  }
  for (const name of ['windowMs', 'longestWindowMs'] as const) {
    if (complete[name] > mostWindowMs) throw new RangeError(`Unexpected rule ${name}: ${complete[name]}`);
  }
  if (
    grid.cellM < leastCellM ||
    grid.finestCellM < leastCellM ||
    !(grid.cellsPerLevel > 0) ||
    grid.mostLooks < 1 ||
    !(grid.shadowM > 0) ||
    !(grid.courseS > 0)
  ) {
    throw new RangeError(`Unexpected rule grid: ${JSON.stringify(grid)}`);
  }
  if (gaits.length === 0 || gaits.some(({ speedMps, courseS }) => !(speedMps > 0 && courseS > 0))) {
    throw new RangeError(`Unexpected rule gaits: ${JSON.stringify(gaits)}`);
  }
  return complete;
}

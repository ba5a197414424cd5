import type { ThroughWalls } from '../calibration';
import { type Ears, saidBySilence, silencesOf } from './ears';
import { regress } from './regress';

/** A line rssi = rssi1m − 10 · exponent · decades − wallDb · walls, and the spread around it. */
export type Line = Omit<ThroughWalls, 'points'>;

/** Pairs of log10(slant) and rssi, and the walls between. */
export interface Heard {
  readonly decades: readonly number[];
  readonly walls: readonly number[];
  readonly rssi: readonly number[];
}

/** What was heard, and places where nothing was: how many advertisements were missed there. */
export interface HeardOrNot extends Heard {
  readonly silent: {
    readonly decades: readonly number[];
    readonly walls: readonly number[];
    readonly missed: readonly number[];
  };
}

/** How far a line may lie from the one it is drawn towards, standard deviations. */
export interface LineSpread {
  readonly rssi1m: number;
  readonly exponent: number;
  readonly wallDb: number;
}

/** Survey points near each other share their shadowing: this many count as one. */
const pointsPerOpinion = 4;
/** Residuals beyond this many sigmas weigh less (Huber). */
const huber = 1.5;
const leastSigma = 2;
const rounds = 12;

/**
 * Robust regression towards a prior line (Huber, iteratively reweighted). The prior is on the level at the points' own
 * mean distance, on the slope and on the loss of a wall. Silence counts as having been weaker than what the ears hear
 * (censored regression: Tobin 1958); it says nothing where nothing is known of ears.
 */
export function fitLine(heard: HeardOrNot, prior: Line, spread: LineSpread, ears: Ears | null): Line {
  const silent = heard.silent;
  const silences = ears === null ? [] : silencesOf(ears, silent.missed);
  const middle = { decades: meanOf(heard.decades), walls: meanOf(heard.walls) };
  const level = prior.rssi1m - 10 * prior.exponent * middle.decades - prior.wallDb * middle.walls;
  const belief = {
    mean: [level, prior.exponent, prior.wallDb],
    spread: [spread.rssi1m, spread.exponent, spread.wallDb],
  };
  const toFeatures = (decades: number, walls: number): number[] => [
    1,
    -10 * (decades - middle.decades),
    middle.walls - walls,
  ];
  const features = [
    ...heard.rssi.map((_, i) => toFeatures(heard.decades[i] ?? 0, heard.walls[i] ?? 0)),
    ...silences.map((_, i) => toFeatures(silent.decades[i] ?? 0, silent.walls[i] ?? 0)),
  ];
  let line = prior;
  for (let round = 0; round < rounds; round++) {
    const { sigma } = line;
    const weights = heard.rssi.map((rssi, i) => {
      const off = Math.abs(rssi - expectedOn(line, heard.decades[i] ?? 0, heard.walls[i] ?? 0)) / sigma;
      return (off > huber ? huber / off : 1) / (pointsPerOpinion * sigma * sigma);
    });
    const said = silences.map((silence, i) =>
      saidBySilence(silence, expectedOn(line, silent.decades[i] ?? 0, silent.walls[i] ?? 0), sigma * sigma),
    );
    const rows = { features, values: [...heard.rssi, ...said.map(({ value }) => value)] };
    const all = [...weights, ...said.map(({ weight }) => weight / pointsPerOpinion)];
    const [own = 0, exponent = 0, wallDb = 0] = regress(rows, all, belief);
    const rssi1m = own + 10 * exponent * middle.decades + wallDb * middle.walls;
    line = { rssi1m, exponent, wallDb, sigma };
    line = { ...line, sigma: spreadAround(heard, prior, line, ears) };
  }
  return line;
}

export const expectedOn = ({ rssi1m, exponent, wallDb }: Line, decades: number, walls: number): number =>
  rssi1m - 10 * exponent * decades - wallDb * walls;

/** Robust sigma of the residuals (median absolute deviation) where ears do not end, drawn towards the prior's. */
function spreadAround({ rssi, decades, walls }: Heard, prior: Line, line: Line, ears: Ears | null): number {
  const least = ears === null ? -Infinity : ears.halfDbm;
  const residuals = rssi
    .flatMap((value, i) => {
      const expected = expectedOn(line, decades[i] ?? 0, walls[i] ?? 0);
      return expected < least ? [] : [Math.abs(value - expected)];
    })
    .sort((a, b) => a - b);
  const median = residuals[Math.floor(residuals.length / 2)] ?? 0;
  const opinions = residuals.length / pointsPerOpinion;
  const variance = (opinions * (1.4826 * median) ** 2 + 4 * prior.sigma ** 2) / (opinions + 4);
  return Math.max(leastSigma, Math.sqrt(variance));
}

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

import type { ThroughWalls } from '../calibration';
import { regress } from './regress';

/** A line rssi = rssi1m − 10 · exponent · decades − wallDb · walls, and the spread around it. */
export type Line = Omit<ThroughWalls, 'points'>;

/** Pairs of log10(slant) and rssi, and the walls between. */
export interface Heard {
  readonly decades: readonly number[];
  readonly walls: readonly number[];
  readonly rssi: readonly number[];
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
 * mean distance, on the slope and on the loss of a wall.
 */
export function fitLine(heard: Heard, prior: Line, spread: LineSpread): Line {
  const middle = { decades: meanOf(heard.decades), walls: meanOf(heard.walls) };
  const level = prior.rssi1m - 10 * prior.exponent * middle.decades - prior.wallDb * middle.walls;
  const belief = {
    mean: [level, prior.exponent, prior.wallDb],
    spread: [spread.rssi1m, spread.exponent, spread.wallDb],
  };
  const features = heard.rssi.map((_, i) => [
    1,
    -10 * ((heard.decades[i] ?? 0) - middle.decades),
    middle.walls - (heard.walls[i] ?? 0),
  ]);
  let line = prior;
  for (let round = 0; round < rounds; round++) {
    const { sigma } = line;
    const weights = heard.rssi.map((rssi, i) => {
      const off = Math.abs(rssi - expectedOn(line, heard.decades[i] ?? 0, heard.walls[i] ?? 0)) / sigma;
      return (off > huber ? huber / off : 1) / (pointsPerOpinion * sigma * sigma);
    });
    const [own = 0, exponent = 0, wallDb = 0] = regress({ features, values: heard.rssi }, weights, belief);
    const rssi1m = own + 10 * exponent * middle.decades + wallDb * middle.walls;
    line = { rssi1m, exponent, wallDb, sigma };
    line = { ...line, sigma: spreadAround(heard, prior, line) };
  }
  return line;
}

export const expectedOn = ({ rssi1m, exponent, wallDb }: Line, decades: number, walls: number): number =>
  rssi1m - 10 * exponent * decades - wallDb * walls;

/** Robust sigma of the residuals (median absolute deviation), drawn towards the prior's. */
function spreadAround({ rssi, decades, walls }: Heard, prior: Line, line: Line): number {
  const residuals = rssi
    .map((value, i) => Math.abs(value - expectedOn(line, decades[i] ?? 0, walls[i] ?? 0)))
    .sort((a, b) => a - b);
  const median = residuals[Math.floor(residuals.length / 2)] ?? 0;
  const opinions = residuals.length / pointsPerOpinion;
  const variance = (opinions * (1.4826 * median) ** 2 + 4 * prior.sigma ** 2) / (opinions + 4);
  return Math.max(leastSigma, Math.sqrt(variance));
}

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

import type { ResidualPoint } from '../calibration';
import type { Gateway } from '../site';
import { decadesTo } from './path-loss';

/** Surveyed places as one gateway sees them, flat: one entry a place. */
export interface Spots {
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Log10 of the slant less that of a usual one, and walls on the way. */
  readonly decades: Float64Array;
  readonly walls: Float64Array;
  /** Direction from the gateway as a unit vector, and how far, metres. */
  readonly towardsX: Float64Array;
  readonly towardsY: Float64Array;
  readonly metres: Float64Array;
}

/** Places with what was heard there beyond the line, dB, and how many rows on how many visits that is the mean of. */
export interface HeardSpots extends Spots {
  readonly db: Float64Array;
  readonly rows: Float64Array;
  readonly visits: Float64Array;
}

/** Levels of lines are compared at this slant, 6 m: in the midst of what a survey hears. */
export const usualDecades = 0.8;
/** Beside a gateway directions mean nothing: they are softened as if it hung this far off, metres. */
const softM = 0.5;

/** Room for `size` places; `placeSpot` fills it. */
export function emptySpots(size: number): Spots {
  const make = (): Float64Array => new Float64Array(size);
  return {
    count: size,
    x: make(),
    y: make(),
    decades: make(),
    walls: make(),
    towardsX: make(),
    towardsY: make(),
    metres: make(),
  };
}

export interface SpotPlace {
  readonly x: number;
  readonly y: number;
  readonly walls: number;
}

/** Writes how a gateway sees one place. */
export function placeSpot(
  out: Spots,
  i: number,
  { x, y, walls }: SpotPlace,
  gateway: Gateway,
  tagHeight: number,
): void {
  const [dx, dy] = [x - gateway.x, y - gateway.y];
  const metres = Math.hypot(dx, dy, softM);
  out.x[i] = x;
  out.y[i] = y;
  out.decades[i] = decadesTo(gateway, { x, y }, tagHeight) - usualDecades;
  out.walls[i] = walls;
  out.towardsX[i] = dx / metres;
  out.towardsY[i] = dy / metres;
  out.metres[i] = metres;
}

/** Residuals of one gateway as spots. @param wallsTo walls between the gateway and a place. */
export function spotsOf(
  points: readonly ResidualPoint[],
  gateway: Gateway,
  tagHeight: number,
  wallsTo: (x: number, y: number) => number,
): HeardSpots {
  const spots = emptySpots(points.length);
  points.forEach(({ x, y }, i) => placeSpot(spots, i, { x, y, walls: wallsTo(x, y) }, gateway, tagHeight));
  return {
    ...spots,
    db: Float64Array.from(points, ({ db }) => db),
    rows: Float64Array.from(points, ({ count = 1 }) => count),
    visits: Float64Array.from(points, ({ visits = 1 }) => visits),
  };
}

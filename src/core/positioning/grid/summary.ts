import type { Window } from './belief';
import type { Place } from '../place';
import type { FloorGrid } from './floor-grid';

/** What a window says of a place: its mean, radii around it and shares of units. */
type Summary = Pick<Place, 'x' | 'y' | 'radius50' | 'radius90' | 'masses'>;

/** How far a belief may be off beyond what it says. */
interface Errors {
  /** Factor by which all errors are larger. */
  readonly scale: number;
  /** By what factor radii of a tag that walks are wider: maps err alike from look to look. */
  readonly repeatedError: number;
  /** How often such a tag is somewhere else altogether. */
  readonly astray: number;
}

const binM = 0.05;
const distances = new Float64Array(1200);

/**
 * Summarises a window whose weights sum to 1 into `out`.
 * @returns the share of the belief that is at rest
 */
export function summarise(window: Window, grid: FloorGrid, errors: Errors, out: Summary): number {
  const { masses } = out;
  const { column, row, width, height, rest, walk } = window;
  let [columns, rows, restShare] = [0, 0, 0];
  masses.clear();
  for (let up = 0; up < height; up++) {
    const on = (row + up) * grid.columns + column;
    for (let right = 0; right < width; right++) {
      const resting = rest[up * width + right] ?? 0;
      const share = resting + (walk[up * width + right] ?? 0);
      if (share === 0) continue;
      columns += share * right;
      rows += share * up;
      restShare += resting;
      const unit = grid.unit[on + right] ?? -1;
      if (unit >= 0) masses.add(unit, share);
    }
  }
  binDistances(window, columns, rows, grid.cellM);
  out.x = grid.minX + (column + columns + 0.5) * grid.cellM;
  out.y = grid.minY + (row + rows + 0.5) * grid.cellM;
  // A tag at rest is weighed as one whose errors repeat in full: nothing is to be added there.
  const walkShare = Math.max(0, 1 - restShare);
  const wider = errors.scale * (1 + walkShare * (errors.repeatedError - 1));
  const found = 1 - walkShare * errors.astray;
  out.radius50 = wider * radiusOf(0.5 / found);
  out.radius90 = wider * radiusOf(0.9 / found);
  return restShare;
}

/** Sums weights by their distance from a place in the window, in cells; a cell's own width is added in quadrature. */
function binDistances({ width, height, rest, walk }: Window, columns: number, rows: number, cellM: number): void {
  distances.fill(0);
  for (let up = 0; up < height; up++) {
    for (let right = 0; right < width; right++) {
      const cell = up * width + right;
      const share = (rest[cell] ?? 0) + (walk[cell] ?? 0);
      if (share === 0) continue;
      const sqDist = (right - columns) ** 2 + (up - rows) ** 2 + 1 / 6;
      const bin = Math.min(distances.length - 1, Math.floor((Math.sqrt(sqDist) * cellM) / binM));
      distances[bin] = (distances[bin] ?? 0) + share;
    }
  }
}

function radiusOf(share: number): number {
  let sum = 0;
  for (let bin = 0; bin < distances.length; bin++) {
    sum += distances[bin] ?? 0;
    if (sum >= share) return (bin + 1) * binM;
  }
  return distances.length * binM;
}

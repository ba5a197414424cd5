import type { UnitShares } from '../../zoning/unit-shares';
import type { Place } from '../place';
import type { FloorGrid } from './floor-grid';
import { cells, columns, places, rows } from './listed-cells';
import type { Window } from './window';

/** Read once: an imported name is looked up at every use. */
const [listed, placeOf, columnOf, rowOf] = [cells, places, columns, rows];

/** What a window says of a place: its mean, radii around it that hold half and nine tenths, and shares of units. */
type Summary = Pick<Place, 'x' | 'y' | 'radius50' | 'radius90' | 'masses'>;

/** How many cells of which grid are listed. */
interface Listed {
  readonly count: number;
  readonly grid: FloorGrid;
}

const binM = 0.05;
const distances = new Float64Array(1200);

/** The mean place in the window, cells, and how much of the belief is at rest. */
const mean = { column: 0, row: 0, restShare: 0 };

/**
 * Summarises the listed cells of a window, whose weights sum to 1, into `out`.
 * @returns the share of the belief that is at rest
 */
export function summarise(window: Window, { count, grid }: Listed, out: Summary): number {
  out.masses.clear();
  sumUp(window, count, grid, out.masses);
  binDistances(window, count, grid.cellM);
  out.x = grid.minX + (window.column + mean.column + 0.5) * grid.cellM;
  out.y = grid.minY + (window.row + mean.row + 0.5) * grid.cellM;
  out.radius50 = radiusOf(0.5);
  out.radius90 = radiusOf(0.9);
  return mean.restShare;
}

/** Means, and the share of each unit: cells that follow each other mostly lie in one. */
function sumUp({ rest, walk }: Window, count: number, { unit }: FloorGrid, masses: UnitShares): void {
  let x = 0;
  let y = 0;
  let restShare = 0;
  let last = -1;
  let met = 0;
  for (let i = 0; i < count; i++) {
    const resting = rest[listed[i] ?? 0] ?? 0;
    const share = resting + (walk[listed[i] ?? 0] ?? 0);
    x += share * (columnOf[i] ?? 0);
    y += share * (rowOf[i] ?? 0);
    restShare += resting;
    const own = unit[placeOf[i] ?? 0] ?? -1;
    if (own === last) met += share;
    else {
      if (last >= 0) masses.add(last, met);
      last = own;
      met = share;
    }
  }
  if (last >= 0) masses.add(last, met);
  mean.column = x;
  mean.row = y;
  mean.restShare = restShare;
}

/** Sums weights by their distance from the mean place; a cell's own width is added in quadrature. */
function binDistances({ rest, walk }: Window, count: number, cellM: number): void {
  const { column, row } = mean;
  const perBin = cellM / binM;
  const last = distances.length - 1;
  distances.fill(0);
  for (let i = 0; i < count; i++) {
    const share = (rest[listed[i] ?? 0] ?? 0) + (walk[listed[i] ?? 0] ?? 0);
    const x = (columnOf[i] ?? 0) - column;
    const y = (rowOf[i] ?? 0) - row;
    const bin = (Math.sqrt(x * x + y * y + 1 / 6) * perBin) | 0;
    const into = bin < last ? bin : last;
    distances[into] = (distances[into] ?? 0) + share;
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

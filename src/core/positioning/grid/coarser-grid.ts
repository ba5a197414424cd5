import type { Level } from '../../site';
import type { ExpectedSignals, GatewayMap } from './expected-signals';
import { closed, type FloorGrid } from './floor-grid';

/** The walkable cells of a level and what is heard in each. */
export interface LevelGrid {
  readonly floor: FloorGrid;
  readonly expected: ExpectedSignals;
}

/** A level in its finest cells, and in ever coarser ones for tags that may be anywhere in a large part of it. */
export interface LevelGrids extends LevelGrid {
  /** Each of cells twice as wide as those before. */
  readonly coarser: readonly LevelGrid[];
  /** By unit: 1 for stairs and lifts; null on a plan that draws none. */
  readonly stairs: Uint8Array | null;
}

/** Wider cells than this are wider than many a room, metres: a tag that may be in any of ten is not told better by finer ones. */
const widestM = 4;

export function withCoarser(finest: LevelGrid, { units }: Level, wallLeak: number): LevelGrids {
  const coarser: LevelGrid[] = [];
  for (let last = finest; 2 * last.floor.cellM <= widestM + 1e-9; coarser.push(last)) last = coarsen(last, wallLeak);
  const hasStairs = units.some(({ connector }) => connector !== null);
  const stairs = hasStairs ? Uint8Array.from(units, ({ connector }) => (connector === null ? 0 : 1)) : null;
  return { floor: finest.floor, expected: finest.expected, coarser, stairs };
}

/** How many levels of coarseness there are, and the grid of one of them: 0 is the finest. */
export const coarsest = ({ coarser }: LevelGrids): number => coarser.length;
export const gridAt = (grids: LevelGrids, scale: number): LevelGrid =>
  scale === 0 ? grids : (grids.coarser[Math.min(scale, grids.coarser.length) - 1] ?? grids);

/** The same level in cells twice as wide. */
export function coarsen({ floor, expected }: LevelGrid, wallLeak: number): LevelGrid {
  const under = cellsUnder(floor);
  const wide = coarsenFloor(floor, under, wallLeak);
  const weights = weightsUnder(floor, under);
  // Written out, here and below, in the order of the finest: objects made alike are read faster.
  return {
    floor: wide,
    expected: {
      strengthVariance: expected.strengthVariance,
      gateways: expected.gateways.map((map) => coarsenMap(map, under, weights)),
      earsEndDbm: expected.earsEndDbm,
      silence: expected.silence,
      allSilent: expected.allSilent.map((plane) => meansOf(plane, under, weights)),
    },
  };
}

const perCell = 4;

/** The cells that lie under each wide one, four after four; at the upper and right edge of a level some are named twice. */
function cellsUnder({ columns, rows }: FloorGrid): Int32Array {
  const wideColumns = Math.ceil(columns / 2);
  const under = new Int32Array(perCell * wideColumns * Math.ceil(rows / 2));
  for (let i = 0; i < under.length; i++) {
    const wide = Math.floor(i / perCell);
    const column = Math.min(columns - 1, 2 * (wide % wideColumns) + (i & 1));
    const row = Math.min(rows - 1, 2 * Math.floor(wide / wideColumns) + ((i >> 1) & 1));
    under[i] = row * columns + column;
  }
  return under;
}

/** How much each of them counts: those one can stand on alike, and where there is none, all. */
function weightsUnder({ unit }: FloorGrid, under: Int32Array): Float32Array {
  const weights = new Float32Array(under.length);
  for (let first = 0; first < under.length; first += perCell) {
    let open = 0;
    for (let i = first; i < first + perCell; i++) if (unit[under[i] ?? 0] !== closed) open++;
    for (let i = first; i < first + perCell; i++) {
      if (open === 0) weights[i] = 1 / perCell;
      else if (unit[under[i] ?? 0] !== closed) weights[i] = 1 / open;
    }
  }
  return weights;
}

function meansOf(plane: Float32Array, under: Int32Array, weights: Float32Array): Float32Array {
  const means = new Float32Array(under.length / perCell);
  for (let i = 0; i < under.length; i++) {
    const wide = i >> 2;
    means[wide] = (means[wide] ?? 0) + (weights[i] ?? 0) * (plane[under[i] ?? 0] ?? 0);
  }
  return means;
}

/** How far a place may be off its map is more in a wide cell: by how much the map varies in it. */
function coarsenMap(map: GatewayMap, under: Int32Array, weights: Float32Array): GatewayMap {
  const { mean, variance, typicalVariance, spotVariance } = map;
  const means = meansOf(mean, under, weights);
  const variances = meansOf(variance, under, weights);
  for (let i = 0; i < under.length; i++) {
    const wide = i >> 2;
    const off = (mean[under[i] ?? 0] ?? 0) - (means[wide] ?? 0);
    variances[wide] = (variances[wide] ?? 0) + (weights[i] ?? 0) * off * off;
  }
  return { mean: means, variance: variances, typicalVariance, spotVariance };
}

function coarsenFloor(floor: FloorGrid, under: Int32Array, wallLeak: number): FloorGrid {
  const columns = Math.ceil(floor.columns / 2);
  const rows = Math.ceil(floor.rows / 2);
  const size = columns * rows;
  const wide: FloorGrid = {
    minX: floor.minX,
    minY: floor.minY,
    cellM: 2 * floor.cellM,
    columns,
    rows,
    unit: Int16Array.from({ length: size }, (_, cell) => unitOfMost(floor, under, perCell * cell)),
    right: new Float32Array(size),
    up: new Float32Array(size),
  };
  for (let cell = 0; cell < size; cell++) {
    if ((cell % columns) + 1 < columns) wide.right[cell] = passing(wide, floor, cell, cell + 1, wallLeak);
    if (cell + columns < size) wide.up[cell] = passing(wide, floor, cell, cell + columns, wallLeak);
  }
  return wide;
}

/** The unit most of the four cells lie in, the first of several. */
function unitOfMost({ unit }: FloorGrid, under: Int32Array, first: number): number {
  let [best, most] = [closed, 0];
  for (let i = first; i < first + perCell; i++) {
    const own = unit[under[i] ?? 0] ?? closed;
    if (own === closed) continue;
    let alike = 0;
    for (let k = first; k < first + perCell; k++) if (unit[under[k] ?? 0] === own) alike++;
    if (alike > most) [best, most] = [own, alike];
  }
  return best;
}

/**
 * What passes between two wide cells side by side. Between units it is the share of two cells' breadth that is open from
 * one to the other somewhere in the two: a wall lies anywhere in a wide cell.
 */
function passing(wide: FloorGrid, floor: FloorGrid, from: number, to: number, wallLeak: number): number {
  const [a, b] = [wide.unit[from] ?? closed, wide.unit[to] ?? closed];
  if (a === closed || b === closed) return 0;
  if (a === b) return 1;
  const left = 2 * (from % wide.columns);
  const bottom = 2 * Math.floor(from / wide.columns);
  const right = Math.min(floor.columns - 1, left + (to === from + 1 ? 3 : 1));
  const top = Math.min(floor.rows - 1, bottom + (to === from + 1 ? 1 : 3));
  const joins = (one: number, other: number): boolean =>
    (floor.unit[one] === a && floor.unit[other] === b) || (floor.unit[one] === b && floor.unit[other] === a);
  let open = 0;
  for (let row = bottom; row <= top; row++) {
    for (let column = left; column <= right; column++) {
      const cell = row * floor.columns + column;
      if (column < right && joins(cell, cell + 1)) open += floor.right[cell] ?? 0;
      if (row < top && joins(cell, cell + floor.columns)) open += floor.up[cell] ?? 0;
    }
  }
  return Math.max(wallLeak, Math.min(1, open / 2));
}

import { type Kriging, residualAt } from '../../radio/residual-map';
import { cellX, cellY, type FloorGrid } from './floor-grid';

/** A residual map over the cells of a level: what is heard beyond the line, dB, and how far it may be off, dB². */
export interface ShadowMap {
  readonly db: Float32Array;
  readonly variance: Float32Array;
}

/** Cells solved for on one level, at most about: those between are interpolated. A model loads in seconds so. */
const mostSolved = 2700;

/** Tabulates a map: solved for on a lattice of cells, interpolated between. @param walls on the way to each cell; null: none. */
export function tabulateShadow(kriging: Kriging, grid: FloorGrid, walls: Float32Array | null): ShadowMap {
  const { columns, rows } = grid;
  const every = Math.ceil(Math.sqrt((columns * rows) / mostSolved));
  const map = { db: new Float32Array(columns * rows), variance: new Float32Array(columns * rows) };
  const onRows = knots(rows, every);
  const onColumns = knots(columns, every);
  for (const row of onRows) {
    for (const column of onColumns) {
      const cell = row * columns + column;
      const { db, variance } = residualAt(kriging, cellX(grid, cell), cellY(grid, cell), walls?.[cell] ?? 0);
      map.db[cell] = db;
      map.variance[cell] = variance;
    }
  }
  for (const plane of [map.db, map.variance]) {
    for (const row of onRows) fill(plane, row * columns, 1, onColumns);
    for (let column = 0; column < columns; column++) fill(plane, column, columns, onRows);
  }
  return map;
}

/** Every so many indices, the last one always. */
function knots(count: number, every: number): number[] {
  const all: number[] = [];
  for (let i = 0; i < count - 1; i += every) all.push(i);
  all.push(count - 1);
  return all;
}

/** Interpolates linearly between knots along a line of cells. */
function fill(plane: Float32Array, start: number, stride: number, at: readonly number[]): void {
  for (let k = 1; k < at.length; k++) {
    const [from, to] = [at[k - 1] ?? 0, at[k] ?? 0];
    const [before, after] = [plane[start + from * stride] ?? 0, plane[start + to * stride] ?? 0];
    for (let i = from + 1; i < to; i++) {
      plane[start + i * stride] = before + ((after - before) * (i - from)) / (to - from);
    }
  }
}

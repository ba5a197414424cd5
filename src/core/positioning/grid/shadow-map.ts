import { type Kriging, residualAt, residualVarianceAt } from '../../radio/residual-map';
import { cellX, cellY, type FloorGrid } from './floor-grid';

/** A residual map over the cells of a level: what is heard beyond the line, dB, and how far it may be off, dB². */
export interface ShadowMap {
  readonly db: Float32Array;
  readonly variance: Float32Array;
}

/** Cells solved for on one level, at most about: those between are interpolated. A model loads in seconds so. */
const mostSolved = 2700;

/** How sure a map is changes over more metres than what it says, and costs more to find out: on a coarser lattice. */
const coarser = 2;

/** Tabulates a map: solved for on a lattice of cells, interpolated between. @param walls on the way to each cell; null: none. */
export function tabulateShadow(kriging: Kriging, grid: FloorGrid, walls: Float32Array | null): ShadowMap {
  const { columns, rows } = grid;
  const every = Math.ceil(Math.sqrt((columns * rows) / mostSolved));
  const onDb = latticeOf(grid, every);
  const onVariance = latticeOf(grid, every === 1 ? 1 : coarser * every);
  const [db, variance] = [new Float32Array(columns * rows), new Float32Array(columns * rows)];
  const at = (cell: number): readonly [x: number, y: number, walls: number] => [
    cellX(grid, cell),
    cellY(grid, cell),
    walls?.[cell] ?? 0,
  ];
  solveOn(onDb, db, (cell) => residualAt(kriging, ...at(cell)));
  solveOn(onVariance, variance, (cell) => residualVarianceAt(kriging, ...at(cell)));
  return { db, variance };
}

/** Cells of a level that are solved for: where some of its rows and columns cross. */
interface Lattice {
  readonly width: number;
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

const latticeOf = ({ columns, rows }: FloorGrid, every: number): Lattice => ({
  width: columns,
  rows: knots(rows, every),
  columns: knots(columns, every),
});

/** Every so many indices, the last one always. */
function knots(count: number, every: number): number[] {
  const all: number[] = [];
  for (let i = 0; i < count - 1; i += every) all.push(i);
  all.push(count - 1);
  return all;
}

/** Fills a plane: what is solved for at the knots, and interpolated linearly along rows and then between them. */
function solveOn({ width, rows, columns }: Lattice, plane: Float32Array, valueAt: (cell: number) => number): void {
  let before = 0;
  for (const row of rows) {
    for (const column of columns) plane[row * width + column] = valueAt(row * width + column);
    fillRow(plane, row * width, columns);
    for (let between = before + 1; between < row; between++) {
      const share = (between - before) / (row - before);
      for (let column = 0; column < width; column++) {
        const [below, above] = [plane[before * width + column] ?? 0, plane[row * width + column] ?? 0];
        plane[between * width + column] = below + (above - below) * share;
      }
    }
    before = row;
  }
}

function fillRow(plane: Float32Array, start: number, at: readonly number[]): void {
  for (let k = 1; k < at.length; k++) {
    const [from, to] = [at[k - 1] ?? 0, at[k] ?? 0];
    const [before, after] = [plane[start + from] ?? 0, plane[start + to] ?? 0];
    const perCell = (after - before) / (to - from);
    for (let i = from + 1; i < to; i++) plane[start + i] = before + perCell * (i - from);
  }
}

import { closed, type FloorGrid } from './floor-grid';
import { type Box, mostCells, sizeOf, type Window } from './window';

/** Read once: an imported name is looked up at every use. */
const shut = closed;

/** The cells in hand: by their place in the window, on the level, and their column and row in the window. */
export const cells = new Int32Array(mostCells);
export const places = new Int32Array(mostCells);
export const columns = new Int32Array(mostCells);
export const rows = new Int32Array(mostCells);

/** Cells lighter than this beside the heaviest are not worth weighing. */
const lightest = 5e-4;

/** Lists the cells worth weighing and empties the others. Returns how many. */
export function listWeighty({ column, row, width, height, rest, walk }: Window, grid: FloorGrid): number {
  const size = width * height;
  let most = 0;
  for (let cell = 0; cell < size; cell++) {
    const own = (rest[cell] ?? 0) + (walk[cell] ?? 0);
    if (own > most) most = own;
  }
  const least = most * lightest;
  let count = 0;
  for (let y = 0, cell = 0; y < height; y++) {
    const on = (row + y) * grid.columns + column;
    for (let x = 0; x < width; x++, cell++) {
      if ((rest[cell] ?? 0) + (walk[cell] ?? 0) > least) {
        cells[count] = cell;
        places[count] = on + x;
        columns[count] = x;
        rows[count++] = y;
      } else {
        rest[cell] = 0;
        walk[cell] = 0;
      }
    }
  }
  return count;
}

/** Lists every cell one can stand on. */
export function listOpen({ column, row, width, height }: Window, grid: FloorGrid): number {
  const { unit } = grid;
  let count = 0;
  for (let y = 0, cell = 0; y < height; y++) {
    const on = (row + y) * grid.columns + column;
    for (let x = 0; x < width; x++, cell++) {
      if (unit[on + x] === shut) continue;
      cells[count] = cell;
      places[count] = on + x;
      columns[count] = x;
      rows[count++] = y;
    }
  }
  return count;
}

/** Lists about so many cells of those that have a weight, evenly by their order in the window. */
export function listSample(window: Window, grid: FloorGrid, samples: number): number {
  const size = sizeOf(window);
  const stride = Math.max(1, Math.floor(size / samples));
  let count = 0;
  for (let cell = stride >> 1; cell < size; cell += stride) {
    if ((window.rest[cell] ?? 0) + (window.walk[cell] ?? 0) === 0) continue;
    const y = (cell / window.width) | 0;
    const x = cell - y * window.width;
    cells[count] = cell;
    places[count] = (window.row + y) * grid.columns + window.column + x;
    columns[count] = x;
    rows[count++] = y;
  }
  return count;
}

/** How far the listed cells reach that count: not too light beside the heaviest. */
export interface Extent extends Box {
  heaviest: number;
  counting: number;
}

export const emptyExtent = (): Extent => ({ left: 0, bottom: 0, right: 0, top: 0, heaviest: 0, counting: 0 });

/** @param share of the heaviest below which a cell does not count */
export function measureListed({ rest, walk }: Window, count: number, share: number, out: Extent): void {
  let heaviest = 0;
  for (let i = 0; i < count; i++) {
    const cell = cells[i] ?? 0;
    const own = (rest[cell] ?? 0) + (walk[cell] ?? 0);
    if (own > heaviest) heaviest = own;
  }
  const least = heaviest * share;
  let left = mostCells;
  let bottom = mostCells;
  let right = 0;
  let top = 0;
  let counting = 0;
  for (let i = 0; i < count; i++) {
    const cell = cells[i] ?? 0;
    if ((rest[cell] ?? 0) + (walk[cell] ?? 0) < least) continue;
    const x = columns[i] ?? 0;
    const y = rows[i] ?? 0;
    counting++;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < bottom) bottom = y;
    if (y > top) top = y;
  }
  out.heaviest = heaviest;
  out.counting = counting;
  out.left = left;
  out.bottom = bottom;
  out.right = right;
  out.top = top;
}

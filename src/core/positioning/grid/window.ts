import { closed, type FloorGrid } from './floor-grid';

/** Read once: an imported name is looked up at every use. */
const shut = closed;

/** Cells per side of the largest window. */
export const mostSide = 64;
export const mostCells = mostSide * mostSide;

/** A window of a level's grid with its weights, to work on. */
export interface Window {
  /** How coarse its cells are: 0 are the level's finest. */
  scale: number;
  column: number;
  row: number;
  width: number;
  height: number;
  readonly rest: Float64Array;
  readonly walk: Float64Array;
}

export const emptyWindow = (): Window => ({
  scale: 0,
  column: 0,
  row: 0,
  width: 0,
  height: 0,
  rest: new Float64Array(mostCells),
  walk: new Float64Array(mostCells),
});

export const sizeOf = ({ width, height }: Window): number => width * height;

/** Cell of the level's grid under a cell of the window. */
export function levelCell(window: Window, grid: FloorGrid, cell: number): number {
  const row = (cell / window.width) | 0;
  return (window.row + row) * grid.columns + window.column + cell - row * window.width;
}

/** A rectangle of cells, ends included. */
export interface Box {
  left: number;
  bottom: number;
  right: number;
  top: number;
}

/** Lays an empty window around a rectangle of cells, within the grid and the largest size. */
export function layWindow(out: Window, grid: FloorGrid, box: Box): void {
  const width = Math.min(box.right - box.left + 1, mostSide, grid.columns);
  const height = Math.min(box.top - box.bottom + 1, mostSide, grid.rows);
  const middleColumn = Math.floor((box.left + box.right + 1 - width) / 2);
  const middleRow = Math.floor((box.bottom + box.top + 1 - height) / 2);
  out.column = Math.max(0, Math.min(grid.columns - width, middleColumn));
  out.row = Math.max(0, Math.min(grid.rows - height, middleRow));
  out.width = width;
  out.height = height;
  out.rest.fill(0, 0, width * height);
  out.walk.fill(0, 0, width * height);
}

/** Lays a window in which every place one can stand on is as likely as another. */
export function layUniform(out: Window, grid: FloorGrid, box: Box, restShare: number): void {
  layWindow(out, grid, box);
  let open = 0;
  for (let cell = 0; cell < sizeOf(out); cell++) if (grid.unit[levelCell(out, grid, cell)] !== shut) open++;
  for (let cell = 0; cell < sizeOf(out); cell++) {
    if (grid.unit[levelCell(out, grid, cell)] === shut) continue;
    out.rest[cell] = restShare / open;
    out.walk[cell] = (1 - restShare) / open;
  }
}

export function copyWindow(from: Window, to: Window): void {
  const size = sizeOf(from);
  to.scale = from.scale;
  to.column = from.column;
  to.row = from.row;
  to.width = from.width;
  to.height = from.height;
  to.rest.set(from.rest.subarray(0, size));
  to.walk.set(from.walk.subarray(0, size));
}

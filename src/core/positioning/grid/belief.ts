import { closed, type FloorGrid } from './floor-grid';

/** Where a tag may be on one level, in so few characters that a track stays small. Plain JSON. */
export interface GridBelief {
  /** Cells of the level it was written on: on a plan drawn anew they mean other places. */
  readonly cells: number;
  /** Lower left cell of the window and its width in cells. */
  readonly column: number;
  readonly row: number;
  readonly width: number;
  /** Log weight of each cell, one character: the tag at rest there, and walking there. */
  readonly rest: string;
  readonly walk: string;
}

/** Cells per side of the largest window. */
export const mostSide = 64;
const mostCells = mostSide * mostSide;

/** A window of a level's grid with its weights, to work on. */
export interface Window {
  column: number;
  row: number;
  width: number;
  height: number;
  readonly rest: Float64Array;
  readonly walk: Float64Array;
}

export const emptyWindow = (): Window => ({
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
  const row = Math.floor(cell / window.width);
  return (window.row + row) * grid.columns + window.column + cell - row * window.width;
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

/** A rectangle of cells, ends included. */
export interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

/** Lays a window in which every place one can stand on is as likely as another. */
export function layUniform(out: Window, grid: FloorGrid, box: Box, restShare: number): void {
  layWindow(out, grid, box);
  for (let cell = 0; cell < sizeOf(out); cell++) {
    if (grid.unit[levelCell(out, grid, cell)] === closed) continue;
    out.rest[cell] = restShare;
    out.walk[cell] = 1 - restShare;
  }
}

/** Characters for log weights: the heaviest cell, each next one a step lighter, the last one nothing. */
const alphabet = ' !#$%&()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~';
const levels = alphabet.length - 1;
const stepLog = 0.1;
/** Cells lighter than this beside the heaviest are forgotten. */
const leastShare = 1e-3;
const levelOf = Int16Array.from({ length: 128 }, (_, code) => Math.max(0, alphabet.indexOf(String.fromCharCode(code))));
const weightOf = new Float64Array(alphabet.length);

/** Writes a window down, cut to the cells that count. */
export function encode(window: Window, grid: FloorGrid): GridBelief {
  const { width, height, rest, walk } = window;
  let most = 0;
  for (let cell = 0; cell < width * height; cell++) most = Math.max(most, rest[cell] ?? 0, walk[cell] ?? 0);
  const { left, bottom, right, top } = boxOf(window, most * leastShare);
  let restText = '';
  let walkText = '';
  for (let row = bottom; row <= top; row++) {
    for (let column = left; column <= right; column++) {
      restText += characterOf((rest[row * width + column] ?? 0) / most);
      walkText += characterOf((walk[row * width + column] ?? 0) / most);
    }
  }
  return {
    cells: grid.unit.length,
    column: window.column + left,
    row: window.row + bottom,
    width: right - left + 1,
    rest: restText,
    walk: walkText,
  };
}

/** The cells of a window heavier than `least`. */
export function boxOf({ width, height, rest, walk }: Window, least: number): Box {
  let [left, bottom, right, top] = [width - 1, height - 1, 0, 0];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const cell = row * width + column;
      if (Math.max(rest[cell] ?? 0, walk[cell] ?? 0) < least) continue;
      left = Math.min(left, column);
      right = Math.max(right, column);
      bottom = Math.min(bottom, row);
      top = Math.max(top, row);
    }
  }
  return { left, bottom, right, top };
}

function characterOf(share: number): string {
  if (share < leastShare) return ' ';
  return alphabet.charAt(Math.max(1, levels + Math.round(Math.log(share) / stepLog)));
}

export interface Reading {
  readonly margin: number;
  readonly power: number;
}

/** Reads a belief, its weights raised to `power`, into a window `margin` cells wider on every side. */
export function decode(belief: GridBelief, grid: FloorGrid, { margin, power }: Reading, out: Window): void {
  for (let level = 1; level <= levels; level++) weightOf[level] = Math.exp((level - levels) * stepLog * power);
  const { column, row, width } = belief;
  const height = belief.rest.length / width;
  layWindow(out, grid, {
    left: Math.max(0, column - margin),
    bottom: Math.max(0, row - margin),
    right: Math.min(grid.columns - 1, column + width - 1 + margin),
    top: Math.min(grid.rows - 1, row + height - 1 + margin),
  });
  for (let i = 0; i < belief.rest.length; i++) {
    const toColumn = column + (i % width) - out.column;
    const toRow = row + Math.floor(i / width) - out.row;
    if (toColumn < 0 || toRow < 0 || toColumn >= out.width || toRow >= out.height) continue;
    const cell = toRow * out.width + toColumn;
    out.rest[cell] = weightOf[levelOf[belief.rest.charCodeAt(i)] ?? 0] ?? 0;
    out.walk[cell] = weightOf[levelOf[belief.walk.charCodeAt(i)] ?? 0] ?? 0;
  }
}

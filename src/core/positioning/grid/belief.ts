import { expDown, quickLog } from '../../fast-math';
import { closed, type FloorGrid } from './floor-grid';

/** Read once: an imported name is looked up at every use. */
const shut = closed;
const log = quickLog;
const powerOf = expDown;

/** Where a tag may be on one level, in so few characters that a track stays small. Plain JSON. */
export interface GridBelief {
  /** How coarse its cells are, and how many of them the level had: on a plan drawn anew they mean other places. */
  readonly scale: number;
  readonly cells: number;
  /** Lower left cell of the window and its width in cells. */
  readonly column: number;
  readonly row: number;
  readonly width: number;
  /** Log weight of each cell, one character: the tag at rest there, and walking there. */
  readonly rest: string;
  /** Empty while the tag is all but surely at rest: then it is `walkShare` of the same. */
  readonly walk: string;
  readonly walkShare: number;
}

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

/** Code 0 of the log weights stands for nothing; each next one is a step heavier, the last one heaviest: two in a hundred. */
const nothing = 0;
const heaviestCode = 0xff;
/** Cells lighter than this beside the heaviest are forgotten. */
const leastShare = 5e-3;
const stepLog = -Math.log(leastShare) / (heaviestCode - 1);
/** A tag less likely than this to walk is written down as one at rest. */
const leastWalk = 0.1;

const codes = Buffer.alloc(mostCells);
const box: Box = { left: 0, bottom: 0, right: 0, top: 0 };

/** Writes a window whose weights sum to 1 down, cut to the cells that count. */
export function encode(window: Window, grid: FloorGrid): GridBelief {
  const { width, height, rest, walk } = window;
  let [most, walking] = [0, 0];
  for (let cell = 0; cell < width * height; cell++) {
    most = Math.max(most, (rest[cell] ?? 0) + (walk[cell] ?? 0));
    walking += walk[cell] ?? 0;
  }
  boxOf(window, most * leastShare, box);
  const isResting = walking < leastWalk;
  return {
    scale: window.scale,
    cells: grid.unit.length,
    column: window.column + box.left,
    row: window.row + box.bottom,
    width: box.right - box.left + 1,
    rest: isResting ? write(window, rest, walk, most) : write(window, rest, null, most),
    walk: isResting ? '' : write(window, walk, null, most),
    walkShare: isResting ? Math.round(walking * 1000) / 1000 : 0,
  };
}

function write(window: Window, plane: Float64Array, added: Float64Array | null, most: number): string {
  let length = 0;
  for (let row = box.bottom; row <= box.top; row++) {
    for (let cell = row * window.width + box.left; cell <= row * window.width + box.right; cell++) {
      const share = ((plane[cell] ?? 0) + (added === null ? 0 : (added[cell] ?? 0))) / most;
      codes[length++] = share < leastShare ? nothing : Math.max(1, heaviestCode + Math.round(log(share) / stepLog));
    }
  }
  return codes.toString('latin1', 0, length);
}

/** Finds the cells of a window heavier than `least`. */
export function boxOf({ width, height, rest, walk }: Window, least: number, out: Box): void {
  let [left, bottom, right, top] = [width - 1, height - 1, 0, 0];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const cell = row * width + column;
      if ((rest[cell] ?? 0) + (walk[cell] ?? 0) < least) continue;
      if (column < left) left = column;
      if (column > right) right = column;
      if (row < bottom) bottom = row;
      top = row;
    }
  }
  Object.assign(out, { left, bottom, right, top });
}

export interface Reading {
  /** Cells the window is laid wider on every side. */
  readonly margin: number;
  /** Power the weights of rest are raised to; their sum stays. */
  readonly restPower: number;
}

/** Reads a belief into a window, its weights summing to 1. */
export function decode(belief: GridBelief, grid: FloorGrid, { margin, restPower }: Reading, out: Window): void {
  const { column, row, width, rest, walk, walkShare } = belief;
  const height = rest.length / width;
  out.scale = belief.scale;
  layWindow(out, grid, {
    left: Math.max(0, column - margin),
    bottom: Math.max(0, row - margin),
    right: Math.min(grid.columns - 1, column + width - 1 + margin),
    top: Math.min(grid.rows - 1, row + height - 1 + margin),
  });
  const resting = sumOf(rest);
  const walking = walk === '' ? (resting * walkShare) / Math.max(1e-9, 1 - walkShare) : sumOf(walk);
  const whole = resting + walking;
  if (restPower < 1) revive(out, grid, revived * Math.pow(leastShare, restPower));
  read(rest, { column, row, width, power: restPower, sum: resting / whole }, out, out.rest);
  if (walk === '') read(rest, { column, row, width, power: 1, sum: walking / whole }, out, out.walk);
  else read(walk, { column, row, width, power: 1, sum: walking / whole }, out, out.walk);
}

/** Cells that were forgotten come back as light as they may have been, when the memory of rest fades. */
function revive(out: Window, grid: FloorGrid, weight: number): void {
  for (let y = 0; y < out.height; y++) {
    const on = (out.row + y) * grid.columns + out.column;
    for (let x = 0; x < out.width; x++) if (grid.unit[on + x] !== shut) out.rest[y * out.width + x] = weight;
  }
}

const revived = 0.5;

/** Weight of each code. */
const weights = Float64Array.from({ length: heaviestCode + 1 }, (_, code) =>
  code === nothing ? 0 : Math.exp((code - heaviestCode) * stepLog),
);
const raised = new Float64Array(heaviestCode + 1);

function sumOf(text: string): number {
  const length = codes.write(text, 'latin1');
  let sum = 0;
  for (let i = 0; i < length; i++) sum += weights[codes[i] ?? 0] ?? 0;
  return sum;
}

/** The weights raised to a power, into a table of their own. */
function raise(power: number): Float64Array {
  if (power === 1) return weights;
  for (let code = 1; code <= heaviestCode; code++) raised[code] = powerOf((heaviestCode - code) * stepLog * power);
  return raised;
}

interface Written {
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly power: number;
  readonly sum: number;
}

function read(text: string, { column, row, width, power, sum }: Written, out: Window, plane: Float64Array): void {
  const height = text.length / width;
  const table = raise(power);
  codes.write(text, 'latin1');
  for (let up = 0, i = 0; up < height; up++) {
    const toRow = row + up - out.row;
    for (let right = 0; right < width; right++, i++) {
      const toColumn = column + right - out.column;
      if (toColumn < 0 || toRow < 0 || toColumn >= out.width || toRow >= out.height) continue;
      const code = codes[i] ?? nothing;
      if (code !== nothing) plane[toRow * out.width + toColumn] = table[code] ?? 0;
    }
  }
  let total = 0;
  for (let cell = 0; cell < sizeOf(out); cell++) total += plane[cell] ?? 0;
  if (total === 0) return;
  const scale = sum / total;
  for (let cell = 0; cell < sizeOf(out); cell++) plane[cell] = (plane[cell] ?? 0) * scale;
}

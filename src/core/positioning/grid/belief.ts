import { expDown, quickLog } from '../../fast-math';
import { closed, type FloorGrid } from './floor-grid';
import { cells, columns, type Extent, rows } from './listed-cells';
import { type Box, layWindow, sizeOf, type Window } from './window';

/** Read once: an imported name is looked up at every use. */
const shut = closed;
const log = quickLog;
const powerOf = expDown;
const [listed, columnOf, rowOf] = [cells, columns, rows];

/** Where a tag may be on one level, in few bytes. Written over for every fix. */
export interface GridBelief {
  /** How coarse its cells are, and how many of them the level had: on a plan drawn anew they mean other places. */
  scale: number;
  cells: number;
  /** Lower left cell of the window and its size in cells. */
  column: number;
  row: number;
  width: number;
  height: number;
  /** The share of the belief that walks. While that is small, it is taken to be of the same shape as rest. */
  walkShare: number;
  /** Log weights, one byte a cell, row by row: the tag at rest, and after them, if it may walk, walking. There may be room left. */
  codes: Uint8Array;
}

export const emptyBelief = (): GridBelief => ({
  scale: 0,
  cells: 0,
  column: 0,
  row: 0,
  width: 0,
  height: 0,
  walkShare: 0,
  codes: new Uint8Array(0),
});

/** A tag less likely than this to walk is written down as one at rest. */
const leastWalk = 0.1;

/** Bytes a belief takes. */
export const bytesOf = ({ width, height, walkShare }: Pick<GridBelief, 'width' | 'height' | 'walkShare'>): number =>
  (walkShare < leastWalk ? 1 : 2) * width * height;

/** Code 0 of the log weights stands for nothing; each next one is a step heavier, the last one heaviest: two in a hundred. */
export const nothing = 0;
const heaviestCode = 0xff;
/** Cells lighter than this beside the heaviest are forgotten. */
export const leastShare = 5e-3;
const stepLog = -Math.log(leastShare) / (heaviestCode - 1);
const perStep = 1 / stepLog;

const box: Box = { left: 0, bottom: 0, right: 0, top: 0 };

/** Listed cells of a window, and how far those reach that count. */
export interface Reaching {
  count: number;
  readonly extent: Extent;
}

/** Writes the cells listed, whose weights sum to 1, cut to those that count. */
export function encode(window: Window, grid: FloorGrid, { count, extent }: Reaching, out: GridBelief): void {
  const { walk } = window;
  let walking = 0;
  for (let i = 0; i < count; i++) walking += walk[listed[i] ?? 0] ?? 0;
  out.scale = window.scale;
  out.cells = grid.unit.length;
  out.column = window.column + extent.left;
  out.row = window.row + extent.bottom;
  out.width = extent.right - extent.left + 1;
  out.height = extent.top - extent.bottom + 1;
  const isResting = walking < leastWalk - 5e-4;
  out.walkShare = isResting ? Math.round(walking * 1e3) / 1e3 : leastWalk;
  makeRoom(out);
  if (isResting) writeTogether(window, count, extent, out);
  else writeBoth(window, count, extent, out);
}

/** Where in the codes a listed cell is written; -1 outside the box. */
function codeAt(i: number, { left, bottom, right, top }: Extent): number {
  const x = columnOf[i] ?? 0;
  const y = rowOf[i] ?? 0;
  return x < left || y < bottom || x > right || y > top ? -1 : (y - bottom) * (right - left + 1) + x - left;
}

function writeTogether({ rest, walk }: Window, count: number, extent: Extent, { codes }: GridBelief): void {
  const perMost = 1 / extent.heaviest;
  for (let i = 0; i < count; i++) {
    const cell = listed[i] ?? 0;
    const at = codeAt(i, extent);
    if (at >= 0) codes[at] = codeOf(((rest[cell] ?? 0) + (walk[cell] ?? 0)) * perMost);
  }
}

/** Of both ways of moving what is too light is forgotten, and no more belongs to their shares. */
function writeBoth({ rest, walk }: Window, count: number, extent: Extent, out: GridBelief): void {
  const { width, height, codes } = out;
  const size = width * height;
  const perMost = 1 / extent.heaviest;
  const least = extent.heaviest * leastShare;
  let still = 0;
  let going = 0;
  for (let i = 0; i < count; i++) {
    const at = codeAt(i, extent);
    if (at < 0) continue;
    const cell = listed[i] ?? 0;
    const resting = rest[cell] ?? 0;
    const walking = walk[cell] ?? 0;
    if (resting >= least) still += resting;
    if (walking >= least) going += walking;
    codes[at] = codeOf(resting * perMost);
    codes[at + size] = codeOf(walking * perMost);
  }
  out.walkShare = Math.max(leastWalk, Math.round((1e4 * going) / (still + going)) / 1e4);
}

const codeOf = (share: number): number =>
  share < leastShare ? nothing : Math.max(1, (heaviestCode + 0.5 + log(share) * perStep) | 0);

function makeRoom(belief: GridBelief): void {
  const needed = bytesOf(belief);
  if (belief.codes.length < needed) belief.codes = new Uint8Array(2 * needed);
  else belief.codes.fill(nothing, 0, needed);
}

export interface Reading {
  /** Cells the window is laid wider on every side. */
  margin: number;
  /** Power the weights of rest are raised to; their sum stays. */
  restPower: number;
}

/** Reads a belief into a window, its weights summing to 1. */
export function decode(belief: GridBelief, grid: FloorGrid, { margin, restPower }: Reading, out: Window): void {
  const { column, row, width, height, walkShare } = belief;
  out.scale = belief.scale;
  box.left = Math.max(0, column - margin);
  box.bottom = Math.max(0, row - margin);
  box.right = Math.min(grid.columns - 1, column + width - 1 + margin);
  box.top = Math.min(grid.rows - 1, row + height - 1 + margin);
  layWindow(out, grid, box);
  if (restPower < 1) revive(out, grid, revived * Math.pow(leastShare, restPower));
  atRest.table = raise(restPower);
  onFoot.from = walkShare < leastWalk ? 0 : width * height;
  read(belief, atRest, out, out.rest);
  read(belief, onFoot, out, out.walk);
  scaleTo(out.rest, sizeOf(out), 1 - walkShare);
  scaleTo(out.walk, sizeOf(out), walkShare);
}

/** Cells that were forgotten come back as light as they may have been, when the memory of rest fades. */
function revive(out: Window, { unit, columns: across }: FloorGrid, weight: number): void {
  const { rest, width, height } = out;
  for (let y = 0, cell = 0; y < height; y++) {
    const on = (out.row + y) * across + out.column;
    for (let x = 0; x < width; x++, cell++) if (unit[on + x] !== shut) rest[cell] = weight;
  }
}

const revived = 0.5;

/** Weight of each code. */
const weights = Float64Array.from({ length: heaviestCode + 1 }, (_, code) =>
  code === nothing ? 0 : Math.exp((code - heaviestCode) * stepLog),
);
const raised = new Float64Array(heaviestCode + 1);
let raisedTo = NaN;

/** The weights raised to a power, into a table of their own. */
function raise(power: number): Float64Array {
  if (power === 1) return weights;
  if (power !== raisedTo) {
    for (let code = 1; code <= heaviestCode; code++) raised[code] = powerOf((heaviestCode - code) * stepLog * power);
    raisedTo = power;
  }
  return raised;
}

/** Where the codes of one way of moving begin, and the weight of each. */
interface Plane {
  from: number;
  table: Float64Array;
}

const atRest: Plane = { from: 0, table: weights };
const onFoot: Plane = { from: 0, table: weights };

/** Reads one plane of codes; what lies outside the window is left out. */
function read(belief: GridBelief, { from, table }: Plane, out: Window, plane: Float64Array): void {
  const { width, height, codes } = belief;
  const right = belief.column - out.column;
  const first = Math.max(0, -right);
  const last = Math.min(width, out.width - right);
  for (let y = Math.max(0, out.row - belief.row); y < height; y++) {
    const up = belief.row + y - out.row;
    if (up >= out.height) return;
    const into = up * out.width + right;
    for (let x = first; x < last; x++) {
      const code = codes[from + y * width + x] ?? nothing;
      if (code !== nothing) plane[into + x] = table[code] ?? 0;
    }
  }
}

function scaleTo(plane: Float64Array, size: number, sum: number): void {
  let total = 0;
  for (let cell = 0; cell < size; cell++) total += plane[cell] ?? 0;
  if (total === 0) return;
  const scale = sum / total;
  for (let cell = 0; cell < size; cell++) plane[cell] = (plane[cell] ?? 0) * scale;
}

import type { GridRules } from '../../rules';
import type { FloorGrid } from './floor-grid';
import { mostSide, type Window } from './window';

/** How far a tag that walks is carried in a step: the mean, metres, and the variance per axis, m². */
export interface Stride {
  x: number;
  y: number;
  variance: number;
}

/** Flows from one row to the next. */
const flows = new Float64Array(mostSide);
/** Share of a cell that leaves it in one round along one axis, at most: more would overshoot. */
const mostLeaving = 0.8;
const mostRounds = 32;

/** How many cells a stride may carry weight: the margin a window needs. */
export const reachOf = ({ x, y, variance }: Stride, cellM: number): number =>
  Math.min(24, Math.ceil((Math.max(Math.abs(x), Math.abs(y)) + 2 * Math.sqrt(variance)) / cellM));

/**
 * Carries a window forward: tags set off and stop, those walking go their way and spread (a random walk over
 * neighbouring cells, along rows and columns by turns). Walls let only the rare mistake of a plan through; doors stand open.
 */
export function moveOn(window: Window, grid: FloorGrid, stride: Stride, dtS: number, rules: GridRules): void {
  change(window, dtS, rules);
  spread(window, grid, stride);
}

/** Setting off and stopping between two instants. */
function change({ rest, walk, width, height }: Window, dtS: number, { setOffPerS, stopPerS }: GridRules): void {
  const changed = (1 - Math.exp(-(setOffPerS + stopPerS) * dtS)) / (setOffPerS + stopPerS);
  for (let cell = 0; cell < width * height; cell++) {
    const still = rest[cell] ?? 0;
    const onFoot = walk[cell] ?? 0;
    const flow = changed * (setOffPerS * still - stopPerS * onFoot);
    rest[cell] = still - flow;
    walk[cell] = onFoot + flow;
  }
}

/** Moves those walking by a mean and a variance, in as many rounds as it takes. */
function spread(window: Window, grid: FloorGrid, stride: Stride): void {
  const right = stride.x / grid.cellM;
  const up = stride.y / grid.cellM;
  const variance = stride.variance / grid.cellM ** 2;
  const most = Math.max(variance, Math.abs(right), Math.abs(up));
  const rounds = Math.min(mostRounds, Math.ceil(most / mostLeaving));
  for (let round = 0; round < rounds; round++) {
    alongRows(window, grid, leavingFor(right / rounds, variance / rounds));
    alongColumns(window, grid, leavingFor(up / rounds, variance / rounds));
  }
}

interface Leaving {
  readonly ahead: number;
  readonly back: number;
}

/** What of a cell goes ahead and what goes back, for a mean and a variance in cells. */
function leavingFor(mean: number, variance: number): Leaving {
  const kept = Math.max(-mostLeaving, Math.min(mostLeaving, mean));
  const both = Math.min(mostLeaving, Math.max(Math.abs(kept), variance));
  return { ahead: 0.5 * (both + kept), back: 0.5 * (both - kept) };
}

/** One round along the rows, in place: what each side of each cell lets through. */
function alongRows({ walk, width, height, column, row }: Window, grid: FloorGrid, { ahead, back }: Leaving): void {
  for (let y = 0; y < height; y++) {
    let on = (row + y) * grid.columns + column;
    const last = y * width + width - 1;
    let own = walk[y * width] ?? 0;
    let come = 0;
    for (let cell = y * width; cell < last; cell++, on++) {
      const beside = walk[cell + 1] ?? 0;
      const flow = (ahead * own - back * beside) * (grid.right[on] ?? 0);
      walk[cell] = own + come - flow;
      come = flow;
      own = beside;
    }
    walk[last] = own + come;
  }
}

/** One round along the columns. */
function alongColumns({ walk, width, height, column, row }: Window, grid: FloorGrid, { ahead, back }: Leaving): void {
  flows.fill(0, 0, width);
  for (let y = 0; y + 1 < height; y++) {
    const on = (row + y) * grid.columns + column;
    const first = y * width;
    for (let x = 0; x < width; x++) {
      const own = walk[first + x] ?? 0;
      const come = flows[x] ?? 0;
      const flow = (ahead * own - back * (walk[first + x + width] ?? 0)) * (grid.up[on + x] ?? 0);
      walk[first + x] = own + come - flow;
      flows[x] = flow;
    }
  }
  const top = (height - 1) * width;
  for (let x = 0; x < width; x++) walk[top + x] = (walk[top + x] ?? 0) + (flows[x] ?? 0);
}

import type { GridRules } from '../../rules';
import { mostSide, sizeOf, type Window } from './belief';
import { closed, type FloorGrid } from './floor-grid';

const next = new Float64Array(mostSide * mostSide);
/** Share of a cell that steps over each side in one round, at most: more would overshoot. */
const mostShare = 0.24;
const mostRounds = 48;

/** How many cells walking may carry weight in `dtS`: the margin a window needs. */
export const reachOf = (dtS: number, { cellM, walkM2PerS }: GridRules): number =>
  Math.min(24, Math.ceil((2.5 * Math.sqrt(walkM2PerS * dtS)) / cellM));

/**
 * Carries a window forward: tags set off and stop, those at rest are nudged, those walking spread (a diffusion over
 * neighbouring cells). Walls let only the rare mistake of a plan through; doors stand open.
 */
export function moveOn(window: Window, grid: FloorGrid, dtS: number, rules: GridRules): void {
  const changed = (1 - Math.exp(-(rules.setOffPerS + rules.stopPerS) * dtS)) / (rules.setOffPerS + rules.stopPerS);
  const { rest, walk } = window;
  for (let cell = 0; cell < sizeOf(window); cell++) {
    const setOff = changed * rules.setOffPerS * (rest[cell] ?? 0);
    const stopped = changed * rules.stopPerS * (walk[cell] ?? 0);
    rest[cell] = (rest[cell] ?? 0) - setOff + stopped;
    walk[cell] = (walk[cell] ?? 0) + setOff - stopped;
  }
  spread(window, rest, grid, rules.restM2PerS * dtS, rules.wallLeak);
  spread(window, walk, grid, rules.walkM2PerS * dtS, rules.wallLeak);
}

/** Spreads weights to a variance per axis, in as many rounds as it takes. */
function spread(window: Window, weights: Float64Array, grid: FloorGrid, variance: number, leak: number): void {
  const perRound = 2 * mostShare * grid.cellM ** 2;
  const rounds = Math.min(mostRounds, Math.ceil(variance / perRound));
  const share = Math.min(mostShare, variance / (2 * rounds * grid.cellM ** 2));
  for (let round = 0; round < rounds; round++) step(window, weights, grid, share, leak);
}

function step(window: Window, weights: Float64Array, grid: FloorGrid, share: number, leak: number): void {
  const { width, height } = window;
  next.set(weights.subarray(0, width * height));
  for (let row = 0; row < height; row++) {
    let on = (window.row + row) * grid.columns + window.column;
    for (let column = 0; column < width; column++, on++) {
      const cell = row * width + column;
      const own = weights[cell] ?? 0;
      const ahead = column + 1 < width ? own - (weights[cell + 1] ?? 0) : 0;
      const above = row + 1 < height ? own - (weights[cell + width] ?? 0) : 0;
      if (ahead !== 0) exchange(cell, cell + 1, ahead * share * passing(grid, on, on + 1, grid.right, leak));
      if (above !== 0)
        exchange(cell, cell + width, above * share * passing(grid, on, on + grid.columns, grid.up, leak));
    }
  }
  weights.set(next.subarray(0, width * height));
}

/** What gets from one cell to its neighbour: all of it, what leaks through a wall, nothing. */
function passing(grid: FloorGrid, from: number, to: number, open: Uint8Array, leak: number): number {
  if (open[from] === 1) return 1;
  return grid.unit[from] === closed || grid.unit[to] === closed ? 0 : leak;
}

function exchange(from: number, to: number, flow: number): void {
  next[from] = (next[from] ?? 0) - flow;
  next[to] = (next[to] ?? 0) + flow;
}

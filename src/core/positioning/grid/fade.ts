import { decode, type GridBelief, levelCell, sizeOf, type Window } from './belief';
import type { FloorGrid } from './floor-grid';

export interface Fading {
  readonly margin: number;
  /** Powers the weights inside a unit, and the shares of units, are raised to: 1 forgets nothing, 0 everything. */
  readonly withinPower: number;
  readonly unitPower: number;
}

/**
 * Reads a belief into a window and lets it fade. What was learnt of the place inside a unit fades sooner than what was
 * learnt of the unit: shadowing shifts places by metres, and a tag does not pass a wall however long it stays beside it.
 */
export function decodeFaded(belief: GridBelief, grid: FloorGrid, fading: Fading, out: Window): void {
  const { margin, withinPower, unitPower } = fading;
  decode(belief, grid, { margin, power: 1 }, out);
  const before = sumUnits(out, grid);
  decode(belief, grid, { margin, power: withinPower }, out);
  const after = sumUnits(out, grid);
  const total = [...before.values()].reduce((sum, share) => sum + share, 0);
  for (let cell = 0; cell < sizeOf(out); cell++) {
    const own = (out.rest[cell] ?? 0) + (out.walk[cell] ?? 0);
    if (own === 0) continue;
    const unit = grid.unit[levelCell(out, grid, cell)] ?? -1;
    const scale = Math.pow((before.get(unit) ?? 0) / total, unitPower) / (after.get(unit) ?? 1);
    out.rest[cell] = (out.rest[cell] ?? 0) * scale;
    out.walk[cell] = (out.walk[cell] ?? 0) * scale;
  }
}

function sumUnits(window: Window, grid: FloorGrid): Map<number, number> {
  const sums = new Map<number, number>();
  for (let cell = 0; cell < sizeOf(window); cell++) {
    const own = (window.rest[cell] ?? 0) + (window.walk[cell] ?? 0);
    if (own === 0) continue;
    const unit = grid.unit[levelCell(window, grid, cell)] ?? -1;
    sums.set(unit, (sums.get(unit) ?? 0) + own);
  }
  return sums;
}

import { describe, expect, it } from 'vitest';
import {
  emptyWindow,
  layUniform,
  layWindow,
  levelCell,
  sizeOf,
  type Window,
} from '../../../../src/core/positioning/grid/window';
import { gridAt } from '../../../../src/core/positioning/grid/coarser-grid';
import { fitScale } from '../../../../src/core/positioning/grid/fit-scale';
import { emptyExtent, listOpen } from '../../../../src/core/positioning/grid/listed-cells';
import { cellX, cellY } from '../../../../src/core/positioning/grid/floor-grid';
import { floorOf, gridModel } from './made-grid';

const grids = floorOf(gridModel(0.25));
const whole = { left: 0, bottom: 0, right: grids.floor.columns - 1, top: grids.floor.rows - 1 };

/** Sums, mean place and variance per axis of a window's weights, metres. */
function momentsOf(window: Window) {
  const { floor } = gridAt(grids, window.scale);
  let [rest, walk, x, y, square] = [0, 0, 0, 0, 0];
  for (let cell = 0; cell < sizeOf(window); cell++) {
    const on = levelCell(window, floor, cell);
    const own = (window.rest[cell] ?? 0) + (window.walk[cell] ?? 0);
    rest += window.rest[cell] ?? 0;
    walk += window.walk[cell] ?? 0;
    x += own * cellX(floor, on);
    y += own * cellY(floor, on);
    square += 0.5 * own * (cellX(floor, on) ** 2 + cellY(floor, on) ** 2);
  }
  return { rest, walk, x, y, variance: square - 0.5 * (x * x + y * y) };
}

/** A normal about a place in the west room, three tenths of it at rest. */
function bell(scale: number, sigmaM: number): Window {
  const window = emptyWindow();
  window.scale = scale;
  const { floor } = gridAt(grids, scale);
  layWindow(window, floor, { ...whole, right: floor.columns - 1, top: floor.rows - 1 });
  let sum = 0;
  for (let cell = 0; cell < sizeOf(window); cell++) {
    const square = (cellX(floor, cell) - 3.1) ** 2 + (cellY(floor, cell) - 4.9) ** 2;
    window.rest[cell] = Math.exp(-square / (2 * sigmaM * sigmaM));
    sum += window.rest[cell] ?? 0;
  }
  for (let cell = 0; cell < sizeOf(window); cell++) {
    const own = (window.rest[cell] ?? 0) / sum;
    window.rest[cell] = 0.3 * own;
    window.walk[cell] = 0.7 * own;
  }
  return window;
}

describe('cells as wide as what is known is worth', () => {
  it('are wider where a tag may be anywhere, and say the same of it', () => {
    const window = emptyWindow();
    layUniform(window, grids.floor, whole, 0.3);
    const before = momentsOf(window);
    fitScale(window, listOpen(window, gridAt(grids, window.scale).floor), grids, emptyExtent());
    expect(window.scale).toBeGreaterThan(0);
    expect(sizeOf(window)).toBeLessThanOrEqual(150);
    const after = momentsOf(window);
    for (const name of ['rest', 'walk', 'x', 'y'] as const) expect(after[name]).toBeCloseTo(before[name], 6);
    expect(after.variance).toBeCloseTo(before.variance, 0);
  });

  it('are finer where it is well known, and say the same of it', () => {
    const window = bell(2, 0.6);
    const before = momentsOf(window);
    fitScale(window, listOpen(window, gridAt(grids, window.scale).floor), grids, emptyExtent());
    expect(window.scale).toBeLessThan(2);
    const after = momentsOf(window);
    expect(after.rest).toBeCloseTo(0.3, 2);
    expect(after.walk).toBeCloseTo(0.7, 2);
    expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(0.05);
    expect(Math.abs(after.variance - before.variance)).toBeLessThan(0.15);
  });

  it('stay as they are in between', () => {
    for (const [scale, sigmaM] of [
      [0, 0.35],
      [1, 0.7],
      [2, 1.4],
    ] as const) {
      const window = bell(scale, sigmaM);
      const before = { ...window, rest: window.rest.slice() };
      fitScale(window, listOpen(window, gridAt(grids, window.scale).floor), grids, emptyExtent());
      expect(window).toEqual(before);
    }
  });
});

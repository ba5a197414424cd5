import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../../src/core';
import { emptyWindow, layWindow, sizeOf, type Window } from '../../../../src/core/positioning/grid/window';
import { cellAt, cellX, cellY, closed, type FloorGrid } from '../../../../src/core/positioning/grid/floor-grid';
import { moveOn, type Stride } from '../../../../src/core/positioning/grid/move-on';
import { floorOf, gridModel } from './made-grid';

const { floor } = floorOf(gridModel());
const whole = { left: 0, bottom: 0, right: floor.columns - 1, top: floor.rows - 1 };
const rules = { ...defaultRules.grid, cellM: 0.5, finestCellM: 0.5 };

/** Nowhere in particular, as far as one comes in a time. */
const about = (dtS: number, m2PerS = 0.8): Stride => ({ x: 0, y: 0, variance: m2PerS * dtS });

function standingAt(x: number, y: number, how: 'rest' | 'walk'): Window {
  const window = emptyWindow();
  layWindow(window, floor, whole);
  window[how][cellAt(floor, x, y)] = 1;
  return window;
}

const shareOf = (window: Window, unit: number): number => {
  let sum = 0;
  for (let cell = 0; cell < sizeOf(window); cell++) {
    if (floor.unit[cell] === unit) sum += (window.rest[cell] ?? 0) + (window.walk[cell] ?? 0);
  }
  return sum;
};

/** Cells reached from a cell by steps that the plan allows: a flood, plainly. */
function stepsFrom(grid: FloorGrid, from: number): Map<number, number> {
  const reached = new Map([[from, 0]]);
  for (const [cell, steps] of reached) {
    const around = [
      grid.right[cell] === 1 ? cell + 1 : -1,
      grid.up[cell] === 1 ? cell + grid.columns : -1,
      cell > 0 && grid.right[cell - 1] === 1 ? cell - 1 : -1,
      cell >= grid.columns && grid.up[cell - grid.columns] === 1 ? cell - grid.columns : -1,
    ];
    for (const next of around) if (next >= 0 && !reached.has(next)) reached.set(next, steps + 1);
  }
  return reached;
}

describe('moving on', () => {
  it('keeps the sum of weights, and puts none where nobody can stand', () => {
    const window = standingAt(5.7, 5, 'walk');
    for (let i = 0; i < 20; i++) moveOn(window, floor, about(1), 1, rules);
    let sum = 0;
    for (let cell = 0; cell < sizeOf(window); cell++) {
      const own = (window.rest[cell] ?? 0) + (window.walk[cell] ?? 0);
      sum += own;
      if (floor.unit[cell] === closed) expect(own).toBe(0);
    }
    expect(sum).toBeCloseTo(1, 9);
  });

  it('reaches no cell that a flood through doors does not reach, where walls leak nothing', () => {
    const from = cellAt(floor, 5.7, 5);
    const window = standingAt(5.7, 5, 'walk');
    const steady = { ...rules, wallLeak: 0, stopPerS: 0, setOffPerS: 1e-12 };
    for (let i = 0; i < 60; i++) moveOn(window, floor, about(0.05), 0.05, steady);
    const steps = stepsFrom(floor, from);
    for (let cell = 0; cell < sizeOf(window); cell++) {
      expect((window.walk[cell] ?? 0) > 0).toBe((steps.get(cell) ?? Infinity) < Infinity);
    }
  });

  it('does not pass a wall that is 30 cm away, and passes a door', () => {
    const window = standingAt(5.7, 5, 'walk');
    for (let i = 0; i < 4; i++) moveOn(window, floor, about(0.5), 0.5, rules);
    expect(shareOf(window, 2)).toBeLessThan(0.02);
    const atDoor = standingAt(1.5, 2.2, 'walk');
    for (let i = 0; i < 4; i++) moveOn(atDoor, floor, about(0.5), 0.5, rules);
    expect(shareOf(atDoor, 0)).toBeGreaterThan(0.15);
  });

  it('carries one who walks by a stride, and leaves one who rests where it is', () => {
    const steady = { ...rules, stopPerS: 1e-12, setOffPerS: 1e-12 };
    const stride = { x: 0.8, y: -0.5, variance: 0.6 };
    const carried = (how: 'rest' | 'walk') => {
      const window = standingAt(3.2, 5.2, how);
      moveOn(window, floor, stride, 0.5, steady);
      let [x, y, variance] = [0, 0, 0];
      for (let cell = 0; cell < sizeOf(window); cell++) {
        const own = (window.rest[cell] ?? 0) + (window.walk[cell] ?? 0);
        x += own * (cellX(floor, cell) - 3.25);
        y += own * (cellY(floor, cell) - 5.25);
        variance += 0.5 * own * ((cellX(floor, cell) - 4.05) ** 2 + (cellY(floor, cell) - 4.75) ** 2);
      }
      return { x, y, variance };
    };
    const walked = carried('walk');
    expect(walked.x).toBeCloseTo(stride.x, 1);
    expect(walked.y).toBeCloseTo(stride.y, 1);
    expect(Math.abs(walked.variance - stride.variance)).toBeLessThan(0.2);
    expect(Math.hypot(carried('rest').x, carried('rest').y)).toBeLessThan(1e-9);
  });
});

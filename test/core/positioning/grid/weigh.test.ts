import { describe, expect, it } from 'vitest';
import { listOpen, listWeighty } from '../../../../src/core/positioning/grid/listed-cells';
import { emptyWindow, layUniform, levelCell, sizeOf } from '../../../../src/core/positioning/grid/window';
import { summarise } from '../../../../src/core/positioning/grid/summary';
import { type Evidence, weigh } from '../../../../src/core/positioning/grid/weigh';
import { cellX, cellY } from '../../../../src/core/positioning/grid/floor-grid';
import { emptyPlace } from '../../../../src/core/positioning/place';
import { emptyNews } from '../../../../src/core/positioning/grid/news';
import { expectedAt } from '../../made-site';
import { floorOf, gridModel } from './made-grid';

const model = gridModel();
const { floor, expected } = floorOf(model);
const strength = { mean: 1.5, variance: 4 };
const whole = { left: 0, bottom: 0, right: floor.columns - 1, top: floor.rows - 1 };

function heard(rssi: readonly number[]): Evidence {
  const signals = emptyNews();
  rssi.forEach((value, g) => {
    signals.gateway[g] = g;
    signals.rssi[g] = value;
    signals.variance[g] = 4;
    signals.heardBy[g] = g;
  });
  signals.count = rssi.length;
  signals.present = rssi.length;
  return { signals, expected, grid: floor, rules: model.rules, rest: 1, walk: 1, stillness: 0, strength };
}

/** The same likelihood, written out for one cell from the formula. */
function plainLog(x: number, y: number, rssi: readonly number[]): number {
  const { tailDegrees: nu, obstructionFactor } = model.rules;
  const own = expectedAt(model, 0, [x, y]);
  const variances = rssi.map((_, g) => (model.levels[0]?.radio.variance[g] ?? 0) + 4);
  const wide = (residual: number, g: number): number => (variances[g] ?? 0) * (residual < 0 ? obstructionFactor : 1);
  const residuals = rssi.map((value, g) => value - (own[g] ?? 0));
  const perStrength = 1 / strength.variance;
  const pull =
    residuals.reduce((sum, r, g) => {
      const most = 2.5 * Math.sqrt(variances[g] ?? 0);
      return sum + Math.max(-most, Math.min(most, r)) / (variances[g] ?? 1);
    }, strength.mean * perStrength) /
    (perStrength + variances.reduce((sum, variance) => sum + 1 / variance, 0));
  const terms = residuals.map((r, g) => {
    const off = r - pull;
    return ((nu + 1) / 2) * Math.log(1 + (off * off) / (nu * wide(off, g))) + 0.5 * Math.log(variances[g] ?? 1);
  });
  return -terms.reduce((sum, term) => sum + term, 0) - 0.5 * (pull - strength.mean) ** 2 * perStrength;
}

describe('weighing by what was heard', () => {
  it('agrees with the formula written out, cell by cell', () => {
    const rssi = [-70, -74, -66.5, -80, -61];
    const window = emptyWindow();
    layUniform(window, floor, whole, 0.3);
    const evidence = weigh(window, listWeighty(window, floor), heard(rssi));
    const logs = Array.from({ length: sizeOf(window) }, (_, cell) => {
      const on = levelCell(window, floor, cell);
      return plainLog(cellX(floor, on), cellY(floor, on), rssi);
    });
    const sum = logs.reduce((total, log) => total + Math.exp(log), 0);
    expect(evidence).toBeCloseTo(Math.log(sum / logs.length), 1);
    logs.forEach((log, cell) => {
      const share = Math.exp(log) / sum;
      const slack = 0.02 * share + 1e-6;
      expect(Math.abs((window.rest[cell] ?? 0) + (window.walk[cell] ?? 0) - share)).toBeLessThan(slack);
      expect(Math.abs((window.rest[cell] ?? 0) - 0.3 * share)).toBeLessThan(slack);
    });
  });

  it('equal signals mean the middle, and radii hold half and nine tenths of the weight', () => {
    const window = emptyWindow();
    layUniform(window, floor, whole, 0.5);
    weigh(window, listWeighty(window, floor), heard([-72, -72, -72, -72]));
    const place = emptyPlace();
    summarise(window, { count: listOpen(window, floor), grid: floor }, place);
    const { x, y, radius50, radius90, masses } = place;
    expect(x).toBeCloseTo(6, 1);
    expect(y).toBeCloseTo(4, 1);
    expect(masses.sum()).toBeCloseTo(1, 6);
    const inside = (radius: number): number => {
      let sum = 0;
      for (let cell = 0; cell < sizeOf(window); cell++) {
        if (Math.hypot(cellX(floor, cell) - x, cellY(floor, cell) - y) > radius) continue;
        sum += (window.rest[cell] ?? 0) + (window.walk[cell] ?? 0);
      }
      return sum;
    };
    expect(Math.abs(inside(radius50) - 0.5)).toBeLessThan(0.06);
    expect(Math.abs(inside(radius90) - 0.9)).toBeLessThan(0.06);
  });

  it('a gateway that heard nothing makes the places beside it less likely', () => {
    const besideFirst = (silent: boolean): number => {
      const window = emptyWindow();
      layUniform(window, floor, whole, 0.5);
      const evidence = heard([-60, -72, -72, -72]);
      const { signals } = evidence;
      signals.count = 3;
      signals.gateway.set([1, 2, 3]);
      signals.rssi.set([-72, -72, -72]);
      signals.heardBy.set(silent ? [1, 2, 3] : [1, 2, 3, 0]);
      signals.present = silent ? 3 : 4;
      weigh(window, listWeighty(window, floor), evidence);
      let sum = 0;
      for (let cell = 0; cell < sizeOf(window); cell++) {
        const on = levelCell(window, floor, cell);
        if (Math.hypot(cellX(floor, on), cellY(floor, on)) < 4) {
          sum += (window.rest[cell] ?? 0) + (window.walk[cell] ?? 0);
        }
      }
      return sum;
    };
    expect(besideFirst(true)).toBeLessThan(besideFirst(false));
  });
});

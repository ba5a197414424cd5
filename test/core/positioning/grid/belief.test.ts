import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  decode,
  emptyBelief,
  encode,
  type GridBelief,
  leastShare,
} from '../../../../src/core/positioning/grid/belief';
import { emptyExtent, listOpen, measureListed } from '../../../../src/core/positioning/grid/listed-cells';
import { emptyWindow, layWindow, sizeOf, type Window } from '../../../../src/core/positioning/grid/window';
import { floorOf, gridModel } from './made-grid';

const { floor } = floorOf(gridModel());
const whole = { left: 0, bottom: 0, right: floor.columns - 1, top: floor.rows - 1 };

const heaviest = (window: Window): number => {
  let most = 0;
  for (let cell = 0; cell < sizeOf(window); cell++) {
    most = Math.max(most, (window.rest[cell] ?? 0) + (window.walk[cell] ?? 0));
  }
  return most;
};

function written(window: Window, into = emptyBelief()): GridBelief {
  const [count, extent] = [listOpen(window, floor), emptyExtent()];
  measureListed(window, count, leastShare, extent);
  encode(window, floor, { count, extent }, into);
  return into;
}

describe('a belief in bytes', () => {
  it('comes back within a tenth, whatever the weights and whatever was written there before', () => {
    const used = emptyBelief();
    const weights = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(weights, fc.nat(200), (some, from) => {
        const window = emptyWindow();
        layWindow(window, floor, whole);
        some.forEach((weight, i) => (i % 2 === 0 ? window.rest : window.walk).set([weight], from + i));
        const belief = written(window, used);
        expect(belief.codes.subarray(0, bytesOf(belief))).toEqual(written(window).codes.subarray(0, bytesOf(belief)));
        const back = emptyWindow();
        const sum = [...window.rest, ...window.walk].reduce((total, own) => total + own, 0);
        decode(belief, floor, { margin: 100, restPower: 1 }, back);
        const most = heaviest(window);
        for (let cell = 0; cell < sizeOf(window); cell++) {
          expect(Math.abs((back.rest[cell] ?? 0) * sum - (window.rest[cell] ?? 0))).toBeLessThan(0.06 * most);
          expect(Math.abs((back.walk[cell] ?? 0) * sum - (window.walk[cell] ?? 0))).toBeLessThan(0.06 * most);
        }
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it('is cut to the cells that count, and rest raised to a power when asked', () => {
    const window = emptyWindow();
    layWindow(window, floor, whole);
    window.rest[5 * window.width + 7] = 1;
    window.rest[6 * window.width + 8] = 0.25;
    window.walk[0] = 1e-5;
    const belief = written(window);
    expect(belief).toMatchObject({ column: 7, row: 5, width: 2 });
    decode(belief, floor, { margin: 0, restPower: 0.5 }, window);
    expect((window.rest[3] ?? 0) / (window.rest[0] ?? 1)).toBeCloseTo(0.5, 1);
    expect((window.rest[1] ?? 0) / (window.rest[0] ?? 1)).toBeLessThan(0.05);
  });
});

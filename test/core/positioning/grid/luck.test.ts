import { describe, expect, it } from 'vitest';
import { listWeighty } from '../../../../src/core/positioning/grid/listed-cells';
import { emptyWindow, layUniform } from '../../../../src/core/positioning/grid/window';
import { told } from '../../../../src/core/positioning/grid/likelihood';
import { luckOf } from '../../../../src/core/positioning/grid/luck';
import { emptyNews } from '../../../../src/core/positioning/grid/news';
import { weigh } from '../../../../src/core/positioning/grid/weigh';
import { floorOf, gridModel } from './made-grid';

/** Share of a Student's t of five degrees around a level that lies above an end, by adding it up. */
function shareAbove(dBm: number, scaleDb: number, endDbm: number): number {
  const [step, far] = [0.01, 400];
  let [above, all] = [0, 0];
  for (let t = -far; t < far; t += step) {
    const density = (1 + (t * t) / 5) ** -3;
    all += density;
    if (dBm + scaleDb * t > endDbm) above += density;
  }
  return above / all;
}

describe('a signal that is known because it was heard', () => {
  it.each([-108, -99, -93, -88, -80])('at %d dBm seems stronger by what a likelihood cut off says', (dBm) => {
    const [scaleDb, endDbm, step] = [4, -93, 0.5];
    const slope =
      Math.log(shareAbove(dBm + step, scaleDb, endDbm) / shareAbove(dBm - step, scaleDb, endDbm)) / (2 * step);
    expect(Math.abs(luckOf(dBm, scaleDb, endDbm) - scaleDb ** 2 * slope)).toBeLessThan(0.12);
  });

  it('owes nothing to luck where all is heard, and the more the weaker its place', () => {
    expect(luckOf(-60, 4, -93)).toBeLessThan(0.01);
    expect(luckOf(-100, 4, -93)).toBeGreaterThan(luckOf(-90, 4, -93) + 2);
    expect(luckOf(-1000, 4, -93)).toBeGreaterThan(0);
  });

  it('teaches less of the strength of its tag where ears end than where they do not', () => {
    const model = gridModel();
    const { floor, expected } = floorOf(model);
    const signals = emptyNews();
    [-70, -71, -72, -73].forEach((rssi, g) => {
      signals.gateway[g] = g;
      signals.rssi[g] = rssi;
      signals.variance[g] = 4;
      signals.heardBy[g] = g;
    });
    signals.count = 4;
    signals.present = 4;
    const pullWith = (earsEndDbm: number | null): number => {
      const window = emptyWindow();
      layUniform(window, floor, { left: 0, bottom: 0, right: floor.columns - 1, top: floor.rows - 1 }, 0.5);
      const heard = { signals, expected: { ...expected, earsEndDbm }, grid: floor, rules: model.rules };
      weigh(window, listWeighty(window, floor), {
        ...heard,
        rest: 1,
        walk: 1,
        stillness: 0,
        strength: { mean: 0, variance: 4 },
      });
      return told.pull;
    };
    expect(pullWith(-130)).toBeCloseTo(pullWith(null), 2);
    expect(pullWith(-72)).toBeLessThan(pullWith(null) - 0.3);
  });
});

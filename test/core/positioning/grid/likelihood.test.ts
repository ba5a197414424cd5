import { describe, expect, it } from 'vitest';
import { misfits, score } from '../../../../src/core/positioning/grid/likelihood';
import { listOpen, places } from '../../../../src/core/positioning/grid/listed-cells';
import { emptyNews } from '../../../../src/core/positioning/grid/news';
import { emptyWindow, layWindow } from '../../../../src/core/positioning/grid/window';
import { seededNoise } from '../../made-site';
import { floorOf, gridModel } from './made-grid';
import { plainLogLikelihood } from './plain-likelihood';

const model = gridModel();
const { floor, expected } = floorOf(model);

describe('the likelihood of a look', () => {
  it('agrees cell by cell with the plain one, whatever was heard, whichever gateways were silent', () => {
    const noise = seededNoise(3, 8);
    for (let look = 0; look < 40; look++) {
      const signals = emptyNews();
      signals.excess = -(look % 4);
      signals.count = 1 + (look % 4);
      signals.present = Math.min(5, signals.count + (look % 3));
      for (let g = 0; g < 5; g++) {
        signals.heardBy[g] = g;
        signals.gateway[g] = g;
        signals.rssi[g] = -70 + noise();
        signals.variance[g] = 2 + (look % 9);
      }
      const heard = {
        signals,
        expected,
        grid: floor,
        rules: model.rules,
        strength: { mean: noise() / 4, variance: 6 },
      };
      const window = emptyWindow();
      layWindow(window, floor, { left: 0, bottom: 0, right: floor.columns - 1, top: floor.rows - 1 });
      const count = listOpen(window, floor);
      const best = score(count, heard);
      const plain = Array.from({ length: count }, (_, i) => plainLogLikelihood(places[i] ?? 0, heard));
      // Up to what is common to all cells of a look.
      const common = best - Math.max(...plain);
      plain.forEach((log, i) => expect(Math.abs((misfits[i] ?? 0) - log - common)).toBeLessThan(0.01));
      expect(Math.abs(common)).toBeLessThan(0.01);
    }
  });
});

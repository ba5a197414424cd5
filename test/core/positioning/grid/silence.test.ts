import { expect, it } from 'vitest';
import {
  planeStrength,
  silenceAt,
  tabulateAllSilent,
  tabulateSilence,
} from '../../../../src/core/positioning/grid/silence';
import { defaultHearing } from '../../../../src/core/radio/hearing';
import { seededNoise } from '../../made-site';

it('the silence of all gateways is the sum of what each of them says', () => {
  const noise = seededNoise(5, 25);
  const table = tabulateSilence(defaultHearing);
  const means = Array.from({ length: 6 }, () => Float32Array.from({ length: 300 }, () => -95 + noise()));
  tabulateAllSilent(means, table).forEach((silent, plane) => {
    silent.forEach((log, cell) => {
      const each = means.map((mean) => silenceAt(table, (mean[cell] ?? NaN) + planeStrength(plane)));
      const sum = each.reduce((all, own) => all + own, 0);
      // At the edge of hearing a quarter of a decibel decides whether a gateway is asked at all.
      expect(Math.abs(log - sum)).toBeLessThan(0.02);
    });
  });
});

import { expect, it } from 'vitest';
import type { Change } from '../../src/cli/score/compare';
import { formatComparison } from '../../src/cli/score/format-comparison';
import { hall } from '../core/made-site';

it('keeps figures apart, however long they are', () => {
  const all: Change = {
    instants: 23,
    roomsFlipped: 0,
    apartP50: 0.65,
    apartP95: 2.17,
    flapsPerDay: [1000, 2000],
    errorP50: [1.82, 1.97],
    errorP95: [15.27, 15.86],
    roomRight: [1, 1],
  };
  expect(formatComparison({ all, sections: [] }, hall)).toContain(' 15.27 → 15.86  100.0 % → 100.0 %');
});

import { expect, test } from 'vitest';
import { growthTable, straightLine } from '../../src/cli/bench/growth';

const cpuS = { server: 10, tracking: 20, redis: 3, postgres: 1, load: 6 };

test('a cost that grows with the tags lies on its straight line', () => {
  const { begin, slope } = straightLine([
    [100, 1.2],
    [1_000, 3],
    [15_000, 31],
  ]);
  expect(begin).toBeCloseTo(1, 10);
  expect(slope).toBeCloseTo(0.002, 10);
});

test('cores are what the sightings of a second cost', () => {
  const rows = [
    { tags: 1_000, rate: 2_000, cpuS },
    { tags: 15_000, rate: 30_000, cpuS },
  ];
  const table = growthTable(rows);
  expect(table).toContain('| 15,000 | 30,000 | 10.0 | 20.0 | 3.0 | 1.0 | 6.0 | 40.0 | 1.20 | 1.20 |');
  expect(table).toContain('0.080 for each thousand tags');
});

import { expect, test } from 'vitest';
import { growthTable, growthTags, straightLine, wingsFor } from '../../src/cli/bench/growth';

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
    { tags: 1_000, gateways: 180, perMessage: 19.7, rate: 2_000, cpuS, memoryMb: 700 },
    { tags: 15_000, gateways: 2_070, perMessage: 21.4, rate: 30_000, cpuS, memoryMb: 1_499.6 },
  ];
  const table = growthTable(rows);
  expect(table).toContain(
    '| 15,000 | 2,070 | 21.4 | 30,000 | 10.0 | 20.0 | 3.0 | 1.0 | 6.0 | 40.0 | 1.20 | 1.20 | 1,500 |',
  );
  expect(table).toContain('0.080 for each thousand tags');
});

test('a hospital of few tags has fewer wings, and at least one', () => {
  expect(growthTags.map((tags) => wingsFor(tags, { wings: 23, tags: 15_000 }))).toEqual([1, 2, 8, 23]);
});

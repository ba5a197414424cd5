import { expect, test } from 'vitest';
import { doorDelayBetween } from '../../src/cli/bench/door-delay';

/** A histogram of so many delays, seconds. */
const histogram =
  (delays: readonly number[]) =>
  (_: string, labels = '') => {
    const bound = /le="(.+)"/.exec(labels)?.[1] ?? '';
    return delays.filter((s) => s <= (bound === '+Inf' ? Infinity : Number(bound))).length;
  };

test('delays are of what came between two looks, and lie within their buckets', () => {
  const before = [9, 9, 9];
  const after = [...before, ...Array.from({ length: 98 }, () => 0.12), 0.7, 0.7];
  const { p50, p99 } = doorDelayBetween(histogram(before), histogram(after));
  expect(p50).toBeGreaterThan(100);
  expect(p50).toBeLessThanOrEqual(150);
  expect(p99).toBeGreaterThan(500);
  expect(p99).toBeLessThanOrEqual(750);
});

test('without moves there is no delay to tell', () => {
  expect(doorDelayBetween(histogram([1]), histogram([1])).p99).toBeNaN();
});

test('delays beyond the last bucket are not made smaller', () => {
  expect(doorDelayBetween(histogram([]), histogram([100])).p99).toBe(Infinity);
});

import { describe, expect, it } from 'vitest';
import { paceOf } from '../../../../src/core/positioning/grid/pace';
import { emptyNews } from '../../../../src/core/positioning/grid/news';
import { completeRules } from '../../../../src/core/rules';
import type { ExpectedSignals } from '../../../../src/core/positioning/grid/expected-signals';

const rules = completeRules();
const course = { x: 0, y: 0, variance: 1, withPlace: 0 };
const nowhere: ExpectedSignals = {
  gateways: [],
  strengthVariance: 1,
  silence: new Float32Array(0),
  allSilent: [],
  earsEndDbm: null,
};

/** Weight in the memory of rest of all looks together, a look being worth 1 if it stood alone. */
function weightAfter(count: number): number {
  const news = { ...emptyNews(), fading: 12, share: 1 };
  const pace = { walk: 1, rest: 1, restPower: 1, looks: 1 };
  let [looks, weight] = [1, 1];
  for (let i = 1; i < count; i++) {
    paceOf({ looks, course, expected: nowhere }, news, rules, pace);
    weight = weight * pace.restPower + pace.rest;
    looks = pace.looks;
  }
  return weight;
}

describe('the pace of a tag at rest', () => {
  it('never takes a day of looks from one place for more than its shadowing allows', () => {
    // Shadowing of 4 dB² and fading of 12: a mean over any number of looks is worth (4 + 12) / 4 of one at most.
    expect(weightAfter(40)).toBeLessThan(4);
    expect(weightAfter(20_000)).toBeLessThan(4);
    expect(weightAfter(20_000)).toBeGreaterThan(weightAfter(10));
  });
});

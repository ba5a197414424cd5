import type { Rules } from '../rules';
import { mostSlots, rssiIn, type SightingWindow, slotIn } from './window';

/** By slot: how many sightings, and the sum of their strengths (dBm), before and since an instant. */
const before = new Float64Array(mostSlots);
const beforeSum = new Float64Array(mostSlots);
const since = new Float64Array(mostSlots);
const sinceSum = new Float64Array(mostSlots);
const sides = [before, beforeSum, since, sinceSum] as const;

/** Standard deviations of what chance alone would make of the sum. */
const tellingSigmas = 1.5;

/**
 * Whether what is heard since an instant differs from what was heard before it by more than chance explains: then the
 * tag, or something beside it, has moved. Squared differences of each gateway's mean strengths, each over its variance
 * σ²(1/n + 1/m), add up to a χ² of as many degrees as gateways, whose mean is that number and whose variance twice that.
 * A gateway heard on one side only adds the deviance of hearing none where so many were due (Poisson): twice that number.
 * @param at the instant, and `until` that of the newest sighting, ms since the track's origin
 */
export function hasNews(window: SightingWindow, at: number, until: number, rules: Rules): boolean {
  sumSides(window, at);
  const { gateways, samples, begin } = window;
  const perVariance = 1 / (rules.fadingDb * rules.fadingDb);
  const spanBefore = Math.max(1, at - (samples[begin] ?? at));
  const spanSince = Math.max(1, until - at);
  let degrees = 0;
  let sum = 0;
  for (let slot = 0; slot < gateways.length; slot++) {
    const n = before[slot] ?? 0;
    const m = since[slot] ?? 0;
    if (n + m === 0) continue;
    degrees += 1;
    if (n === 0) sum += (2 * m * spanBefore) / spanSince;
    else if (m === 0) sum += (2 * n * spanSince) / spanBefore;
    else {
      const difference = (sinceSum[slot] ?? 0) / m - (beforeSum[slot] ?? 0) / n;
      sum += (difference * difference * perVariance * n * m) / (n + m);
    }
  }
  return sum > degrees + tellingSigmas * Math.sqrt(2 * degrees);
}

function sumSides({ gateways, samples, begin, end }: SightingWindow, at: number): void {
  for (const sums of sides) sums.fill(0, 0, gateways.length);
  for (let i = begin; i < end; i += 2) {
    const word = samples[i + 1] ?? 0;
    const slot = slotIn(word);
    const isSince = (samples[i] ?? 0) > at;
    const counts = isSince ? since : before;
    const sums = isSince ? sinceSum : beforeSum;
    counts[slot] = (counts[slot] ?? 0) + 1;
    sums[slot] = (sums[slot] ?? 0) + rssiIn(word);
  }
}

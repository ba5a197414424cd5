import type { Rules } from '../rules';
import { mostSlots, rssiIn, type SightingWindow, slotIn } from './window';

/** By slot: how many sightings, the sums of their strengths (dBm) and of the squares, before and since an instant. */
const makeSide = () => ({
  counts: new Float64Array(mostSlots),
  sums: new Float64Array(mostSlots),
  squares: new Float64Array(mostSlots),
});
const before = makeSide();
const since = makeSide();

/** Standard deviations of what chance alone would make of the sum. */
const tellingSigmas = 1.5;
/** Sightings that the fading of the rules counts for, beside what the window itself shows of it. */
const priorDegrees = 8;

/**
 * Whether what is heard since an instant differs from what was heard before it by more than chance explains: then the
 * tag, or something beside it, has moved. Squared differences of each gateway's mean strengths, each over its variance
 * σ²(1/n + 1/m), add up to a χ² of as many degrees as gateways, whose mean is that number and whose variance twice that.
 * σ² is the fading the window itself shows, pooled with that of the rules. Of a gateway heard on one side only the
 * deviance of that chance is added (binomial); a single sighting says nothing.
 * @param at the instant, and `until` that of the newest sighting, ms since the track's origin
 */
export function hasNews(window: SightingWindow, at: number, until: number, rules: Rules): boolean {
  sumSides(window, at);
  const slots = window.gateways.length;
  const begun = window.samples[window.begin] ?? at;
  const shareSince = Math.min(0.9, Math.max(0.1, (until - at) / Math.max(1, until - begun)));
  const perVariance = 1 / poolVariance(slots, rules.fadingDb ** 2);
  let degrees = 0;
  let sum = 0;
  for (let slot = 0; slot < slots; slot++) {
    const n = before.counts[slot] ?? 0;
    const m = since.counts[slot] ?? 0;
    if (n + m < 2) continue;
    degrees += 1;
    if (n === 0) sum -= 2 * m * Math.log(shareSince);
    else if (m === 0) sum -= 2 * n * Math.log(1 - shareSince);
    else {
      const difference = (since.sums[slot] ?? 0) / m - (before.sums[slot] ?? 0) / n;
      sum += (difference * difference * perVariance * n * m) / (n + m);
    }
  }
  return sum > degrees + tellingSigmas * Math.sqrt(2 * degrees);
}

function sumSides({ gateways, samples, begin, end }: SightingWindow, at: number): void {
  for (const side of [before, since]) {
    side.counts.fill(0, 0, gateways.length);
    side.sums.fill(0, 0, gateways.length);
    side.squares.fill(0, 0, gateways.length);
  }
  for (let i = begin; i < end; i += 2) {
    const word = samples[i + 1] ?? 0;
    const slot = slotIn(word);
    const rssi = rssiIn(word);
    const { counts, sums, squares } = (samples[i] ?? 0) > at ? since : before;
    counts[slot] = (counts[slot] ?? 0) + 1;
    sums[slot] = (sums[slot] ?? 0) + rssi;
    squares[slot] = (squares[slot] ?? 0) + rssi * rssi;
  }
}

/** Variance of one sighting, dB²: within each gateway and side, and as the rules have it. */
function poolVariance(slots: number, fading: number): number {
  let degrees = priorDegrees;
  let sum = priorDegrees * fading;
  for (const { counts, sums, squares } of [before, since]) {
    for (let slot = 0; slot < slots; slot++) {
      const n = counts[slot] ?? 0;
      if (n < 2) continue;
      degrees += n - 1;
      sum += Math.max(0, (squares[slot] ?? 0) - (sums[slot] ?? 0) ** 2 / n);
    }
  }
  return sum / degrees;
}

import { emptySignals, type HeardWindow, keepStrongest, mostGateways, type Signals } from '../../radio/signals';
import { countGateways, mostSlots, rssiIn, type SightingWindow, slotIn } from '../../radio/window';
import type { Rules } from '../../rules';

/** What was heard since the last fix, and what the window says of how a tag is heard. */
export interface News extends Signals {
  /** By how much the variance of a place is more than the maps say, dB²: what fading is less than was assumed. */
  excess: number;
  /** Variance of one sighting about its place's mean, dB². */
  fading: number;
  /** Time between sightings of one gateway, seconds. */
  spacingS: number;
  /** Share of the gateways of the window that heard something new. */
  share: number;
  /** Sightings of the very instant of the fix: more may follow, as gateways report one by one. */
  atOnce: number;
  /** Gateways of the window by their index, in whatever order: the others were silent. */
  present: number;
  readonly heardBy: Int32Array;
  /** Log-odds that the tag is where it was some seconds ago, told by the strengths alone. */
  stillness: number;
}

export const emptyNews = (): News => ({
  ...emptySignals(),
  excess: 0,
  fading: 0,
  spacingS: 1,
  share: 1,
  atOnce: 0,
  stillness: 0,
  present: 0,
  heardBy: new Int32Array(mostGateways),
});

/** A first fix looks back so far, ms. */
const firstLookMs = 2_000;
/** Sightings further apart than this may be of two places, ms. */
const samePlaceMs = 3_000;
/** Pairs of sightings the assumed fading counts as. */
const priorPairs = 12;
/** A jump larger than this between two sightings says no more than this, dB. */
const mostJumpDb = 20;

/** By slot of the window. */
const freshSums = new Float64Array(mostSlots);
const freshCounts = new Float64Array(mostSlots);
const oldSums = new Float64Array(mostSlots);
const oldCounts = new Float64Array(mostSlots);
const lastAt = new Float64Array(mostSlots);
const lastRssi = new Float64Array(mostSlots);

/** Averages what each gateway heard since the last fix, which used `usedAtOnce` sightings of its own instant. What varies from sighting to sighting is fading; the rest of what
 * a map leaves unexplained stays with the place. Writes into `out`. */
export function readNews(heard: HeardWindow, usedAtOnce: number, rules: Rules, out: News): void {
  const { window, until, since } = heard;
  const { gateways, samples, begin, end } = window;
  const isSinceUsed = countAt(window, since) <= usedAtOnce;
  const from = since === -Infinity ? until - firstLookMs : isSinceUsed ? since : since - 1;
  out.atOnce = countAt(window, until);
  const slots = gateways.length;
  freshSums.fill(0, 0, slots);
  freshCounts.fill(0, 0, slots);
  oldSums.fill(0, 0, slots);
  oldCounts.fill(0, 0, slots);
  lastAt.fill(-Infinity, 0, slots);
  let pairs = priorPairs;
  let jumps = priorPairs * rules.fadingDb ** 2;
  let span = 1;
  for (let i = begin; i < end; i += 2) {
    const at = samples[i] ?? 0;
    const slot = slotIn(samples[i + 1] ?? 0);
    const rssi = rssiIn(samples[i + 1] ?? 0);
    span = Math.max(span, until - at);
    const sinceLast = at - (lastAt[slot] ?? 0);
    if (sinceLast < samePlaceMs && sinceLast > 0) {
      pairs++;
      jumps += 0.5 * Math.min(mostJumpDb, Math.abs(rssi - (lastRssi[slot] ?? 0))) ** 2;
    }
    lastAt[slot] = at;
    lastRssi[slot] = rssi;
    if (at > from) {
      freshSums[slot] = (freshSums[slot] ?? 0) + rssi;
      freshCounts[slot] = (freshCounts[slot] ?? 0) + 1;
    } else if (at < until - apartMs) {
      oldSums[slot] = (oldSums[slot] ?? 0) + rssi;
      oldCounts[slot] = (oldCounts[slot] ?? 0) + 1;
    }
  }
  keepFresh(gateways, rules, out);
  out.fading = jumps / pairs;
  out.stillness = stillnessFor(out.fading);
  out.excess = Math.min(0, rules.fadingDb ** 2 - out.fading);
  for (let i = 0; i < out.count; i++) out.variance[i] = out.fading / (out.variance[i] ?? 1);
  const heardBy = countGateways(window);
  out.spacingS = Math.min(5, (span * heardBy) / Math.max(1, (end - begin) / 2) / 1000);
  out.share = out.count / Math.max(1, Math.min(heardBy, rules.maxGateways));
}

/** Keeps the means of what each gateway heard of late, and compares them with what it heard before. */
function keepFresh(gateways: readonly number[], rules: Rules, out: News): void {
  out.count = 0;
  out.present = 0;
  compared = 0;
  for (let slot = 0; slot < gateways.length; slot++) {
    const gateway = gateways[slot] ?? -1;
    const isPresent = gateway >= 0 && (lastAt[slot] ?? -Infinity) > -Infinity;
    if (isPresent && out.present < mostGateways) out.heardBy[out.present++] = gateway;
    const fresh = freshCounts[slot] ?? 0;
    const old = oldCounts[slot] ?? 0;
    if (gateway < 0 || fresh === 0) continue;
    const mean = (freshSums[slot] ?? 0) / fresh;
    if (old > 0 && compared < mostGateways) {
      changes[compared] = mean - (oldSums[slot] ?? 0) / old;
      inverseCounts[compared++] = 1 / fresh + 1 / old;
    }
    // The number of its samples in place of its variance, for now.
    keepStrongest(out, gateway, mean, fresh, rules.maxGateways);
  }
}

/** Strengths further apart in time than this are compared to see whether the tag stayed, ms. */
const apartMs = 3_000;
/** Variance by which a strength differs at another place, dB². */
const elsewhere = 10;
/** What one gateway, and all of them, may say at most: people pass by. */
const mostSaid = 1;
const comparedShare = 0.2;
/** What is compared: by how much each strength has changed, and of what counts the inverses sum to. */
const changes = new Float64Array(mostGateways);
const inverseCounts = new Float64Array(mostGateways);
let compared = 0;

/** A tag that stayed is heard as before but for fading; one that went is heard otherwise. */
function stillnessFor(fading: number): number {
  let sum = 0;
  for (let i = 0; i < compared; i++) {
    const stayed = fading * (inverseCounts[i] ?? 1);
    const square = (changes[i] ?? 0) ** 2;
    const said = 0.5 * (Math.log((stayed + elsewhere) / stayed) - square / stayed + square / (stayed + elsewhere));
    sum += Math.max(-mostSaid, Math.min(mostSaid, said));
  }
  return comparedShare * sum;
}

/** Sightings of an instant. */
function countAt({ samples, begin, end }: SightingWindow, instant: number): number {
  let count = 0;
  for (let i = end - 2; i >= begin && (samples[i] ?? 0) >= instant; i -= 2) if (samples[i] === instant) count++;
  return count;
}

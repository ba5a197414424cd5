import { emptySignals, type HeardWindow, keepStrongest, mostGateways, type Signals } from '../../radio/signals';
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
});

/** A first fix looks back so far, ms. */
const firstLookMs = 2_000;
/** Sightings further apart than this may be of two places, ms. */
const samePlaceMs = 3_000;
/** Pairs of sightings the assumed fading counts as. */
const priorPairs = 12;
/** A jump larger than this between two sightings says no more than this, dB. */
const mostJumpDb = 20;

/** Averages what each gateway heard since the last fix, which used `usedAtOnce` sightings of its own instant. What varies from sighting to sighting is fading; the rest of what
 * a map leaves unexplained stays with the place. Writes into `out`. */
export function readNews(heard: HeardWindow, usedAtOnce: number, rules: Rules, out: News): void {
  const { window, gatewayIndex, until, since } = heard;
  const isSinceUsed = countAt(window, since) <= usedAtOnce;
  const from = since === -Infinity ? until - firstLookMs : isSinceUsed ? since : since - 1;
  out.atOnce = countAt(window, until);
  let [pairs, jumps, samples, span] = [priorPairs, priorPairs * rules.fadingDb ** 2, 0, 1];
  out.count = 0;
  compared = 0;
  for (const { gatewayId, heard } of window) {
    const index = gatewayIndex.get(gatewayId);
    if (index === undefined) continue;
    let [sum, fresh, sumOld, old] = [0, 0, 0, 0];
    for (let i = 0; i < heard.length; i += 2) {
      const at = heard[i] ?? 0;
      const rssi = heard[i + 1] ?? 0;
      span = Math.max(span, until - at);
      samples++;
      if (i > 0 && at - (heard[i - 2] ?? 0) < samePlaceMs && at > (heard[i - 2] ?? 0)) {
        pairs++;
        jumps += 0.5 * Math.min(mostJumpDb, Math.abs(rssi - (heard[i - 1] ?? 0))) ** 2;
      }
      if (at > from) {
        sum += rssi;
        fresh++;
      } else if (at < until - apartMs) {
        sumOld += rssi;
        old++;
      }
    }
    if (fresh > 0 && old > 0) compare(sum / fresh - sumOld / old, 1 / fresh + 1 / old);
    // The number of its samples in place of its variance, for now.
    if (fresh > 0) keepStrongest(out, index, sum / fresh, fresh, rules.maxGateways);
  }
  out.fading = jumps / pairs;
  out.stillness = stillnessFor(out.fading);
  out.excess = rules.fadingDb ** 2 - out.fading;
  for (let i = 0; i < out.count; i++) out.variance[i] = out.fading / (out.variance[i] ?? 1);
  out.spacingS = Math.min(5, (span * window.length) / Math.max(1, samples) / 1000);
  out.share = out.count / Math.max(1, Math.min(window.length, rules.maxGateways));
}

/** Strengths further apart in time than this are compared to see whether the tag stayed, ms. */
const apartMs = 3_000;
/** Variance by which a strength differs at another place, dB². */
const elsewhere = 10;
/** What one gateway, and all of them, may say at most: people pass by. */
const mostSaid = 1;
const comparedShare = 0.2;
const changes = new Float64Array(mostGateways);
const inverseCounts = new Float64Array(mostGateways);
let compared = 0;

function compare(change: number, inverseCount: number): void {
  if (compared === mostGateways) return;
  changes[compared] = change;
  inverseCounts[compared++] = inverseCount;
}

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

function countAt(window: HeardWindow['window'], instant: number): number {
  let count = 0;
  for (const { heard } of window) {
    for (let i = heard.length - 2; i >= 0 && (heard[i] ?? 0) >= instant; i -= 2) if (heard[i] === instant) count++;
  }
  return count;
}

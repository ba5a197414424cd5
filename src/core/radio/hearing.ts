import type { Hearing } from '../calibration';
import { expectedOn } from './line';
import { leastPairs, type LineOf, type Pair } from './pairs';

/** What gateways of an unsurveyed site are taken to hear: little is known of what they should. */
export const defaultHearing: Hearing = { halfDbm: -94, blurDb: 8, most: 0.4 };

/** Chance that a gateway hears anything of a tag it is expected to hear at so many dBm. */
export const chanceHeard = (dBm: number, { halfDbm, blurDb, most }: Hearing): number =>
  most / (1 + Math.exp((-1.7 * (dBm - halfDbm)) / blurDb));

/**
 * What a survey says of hearing: which gateways heard a place of their own level and which did not (a logistic curve over
 * the level expected). Null where the survey is too small to tell.
 */
export function fitHearing(pairs: readonly Pair[], lineOf: LineOf): Hearing | null {
  const own = pairs.filter(({ slabs }) => slabs === 0);
  return own.length < leastPairs ? null : bestHearing(own, lineOf);
}

const expectedOf = ({ gatewayId, decades, walls }: Pair, lineOf: LineOf): number =>
  expectedOn(lineOf(gatewayId), decades, walls);

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);

const halves = range(-104, -70, 1);
const blurs = [4, 5, 6.5, 8];
const mosts = [0.4, 0.55, 0.7, 0.8];

/** Sightings heard and missed by the level expected, a decibel to a bin. */
function bestHearing(pairs: readonly Pair[], lineOf: LineOf): Hearing {
  const bins = new Map<number, { heard: number; missed: number }>();
  for (const pair of pairs) {
    const expected = expectedOf(pair, lineOf);
    const share = pair.count / pair.sent;
    const bin = bins.get(Math.round(expected)) ?? { heard: 0, missed: 0 };
    bin.heard += share;
    bin.missed += 1 - share;
    bins.set(Math.round(expected), bin);
  }
  let [best, found] = [-Infinity, defaultHearing];
  for (const halfDbm of halves) {
    for (const blurDb of blurs) {
      for (const most of mosts) {
        const hearing = { halfDbm, blurDb, most };
        let likelihood = 0;
        for (const [expected, { heard, missed }] of bins) {
          const chance = chanceHeard(expected, hearing);
          likelihood += heard * Math.log(Math.max(1e-9, chance)) + missed * Math.log(1 - chance);
        }
        if (likelihood <= best) continue;
        [best, found] = [likelihood, hearing];
      }
    }
  }
  return found;
}

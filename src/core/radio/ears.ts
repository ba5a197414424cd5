import type { Hearing } from '../calibration';
import { normalDensity, normalShare } from './normal';

/** What a gateway hears of single advertisements whose mean strength at its place is known. */
export interface Ears {
  /** Mean strength, dBm, at which it hears half of the most, and how that blurs: fading and receiver, dB. */
  readonly halfDbm: number;
  readonly blurDb: number;
  /** Share of the loudest advertisements it hears. */
  readonly most: number;
  /** Fading of single advertisements around their mean, standard deviation, dB. */
  readonly fadingDb: number;
}

const leastBlurDb = 1;

/** Ears by what gateways hear at levels that a line expects: how far places differ from the line blurs that, too. */
export function earsOf({ halfDbm, blurDb, most }: Hearing, lineSigma: number, fadingDb: number): Ears {
  const own = Math.max(fadingDb ** 2 + leastBlurDb ** 2, blurDb ** 2 - lineSigma ** 2);
  return { halfDbm, blurDb: Math.sqrt(own), most, fadingDb };
}

/** Chance that a gateway is up and nothing stands before it: else it is silent whatever was sent. */
const awake = 0.95;

/** Share of advertisements of a mean strength that is heard. */
export const shareHeard = (dBm: number, { halfDbm, blurDb, most }: Ears): number =>
  most * normalShare((dBm - halfDbm) / blurDb);

/** Chance of silence by mean strength μ, 1 − most · Φ((μ − halfDbm) / blurDb), of so many advertisements. */
export type Silence = Pick<Ears, 'halfDbm' | 'blurDb' | 'most'>;

/** Silence of several advertisements one after another, as if it were that of one: the same where it is a half. */
export function silenceOf(ears: Ears, missed: number): Silence {
  const { halfDbm, blurDb, most } = ears;
  if (missed <= 1) return { halfDbm, blurDb, most: awake * most };
  let [low, high] = [halfDbm - 8 * blurDb, halfDbm + 8 * blurDb];
  const silent = (dBm: number): number => (1 - shareHeard(dBm, ears)) ** missed;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (silent(middle) > 0.5) low = middle;
    else high = middle;
  }
  const half = (low + high) / 2;
  const slope = (silent(half - 0.05) - silent(half + 0.05)) / 0.1;
  return { halfDbm: half, blurDb: Math.max(1, normalDensity(0) / slope), most: awake };
}

/** Silences of several advertisements each. */
export function silencesOf(ears: Ears, missed: readonly number[]): Silence[] {
  const known = new Map<number, Silence>();
  return missed.map((count) => {
    const silence = known.get(count) ?? silenceOf(ears, count);
    known.set(count, silence);
    return silence;
  });
}

/** What a silence says of a level believed to be N(mean, variance): as good as having heard `value` with a weight of 1/dB². */
export interface Said {
  readonly value: number;
  readonly weight: number;
}

/**
 * The step Newton's method would take: first and second derivative of the log chance of silence by the mean (moments of a
 * normal prior times a probit: Rasmussen and Williams, Gaussian Processes for Machine Learning, 3.9). Where a silence is
 * likelier a gateway's that is down, little is said.
 */
export function saidBySilence({ halfDbm, blurDb, most }: Silence, mean: number, variance: number): Said {
  const spread = Math.sqrt(blurDb ** 2 + variance);
  const z = (mean - halfDbm) / spread;
  const silent = 1 - most * normalShare(z);
  const pull = (-most * normalDensity(z)) / (spread * silent);
  const bend = pull * (pull + z / spread);
  const weight = Math.max(bend, leastWeight / spread ** 2);
  return { value: mean + pull / weight, weight };
}
const leastWeight = 0.05;

/**
 * Mean strength of a tag of which some advertisements were heard, their mean as given, and some missed: what is likeliest.
 * Of a weak tag only the louder part is heard; nothing is taken off where missing says nothing of strength.
 */
export function levelOf(ears: Ears, heardDbm: number, count: number, missed: number): number {
  if (missed <= 0) return heardDbm;
  const perDb = missed / count;
  let [low, high] = [heardDbm - mostTaken, heardDbm];
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    const share = shareHeard(middle, ears);
    const density = (ears.most * normalDensity((middle - ears.halfDbm) / ears.blurDb)) / ears.blurDb;
    const pull = (heardDbm - middle) / ears.fadingDb ** 2 - (perDb * density) / (1 - share);
    if (pull > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
const mostTaken = 25;

import type { SiteModel } from '../../model';

/** By how much a tag is louder than those of the survey, dB, and how far that may be off, dB². */
export interface Strength {
  mean: number;
  variance: number;
}

/** What a look told of a tag's strength. */
export interface Told {
  /** Its best value, mean and variance over the places the tag may be in: dB, dB². */
  pull: number;
  spread: number;
  /** Inverse variance of that in one place, what was known before included, 1/dB². */
  knowledge: number;
  /** How far a gateway is off what the map says, as the likelihood counts it: mean over the gateways heard and the places. */
  misfit: number;
  /** How likely the tag walks. */
  walking: number;
}

/** All gateways together hear a tag better in one place than in another, even where the map is right, dB. */
const commonVariance = 0.7 ** 2;
/** What one place may teach wrongly, dB: maps err alike for all gateways there. */
const lessonVariance = 2 ** 2;
/** Batteries run down and tags are hung elsewhere, dB² per second: one decibel in a quarter of an hour. */
const driftPerS = 0.001;
/** Only a tag that probably walks teaches: at rest each look errs as the last one, and its place has taken that in. */
const leastWalking = 0.5;

/** Nothing known but how tags differ. */
export function forgetStrength(out: Strength, { levels }: SiteModel): void {
  const variance = levels[0]?.grid?.expected.strengthVariance;
  if (variance === undefined) throw new RangeError('Unexpected model without a grid');
  out.mean = 0;
  out.variance = variance;
}

export function copyStrength(from: Strength, to: Strength): void {
  to.mean = from.mean;
  to.variance = from.variance;
}

/** What is expected of a tag's strength in any one place. */
export function inOnePlace({ mean, variance }: Strength, out: Strength): void {
  out.mean = mean;
  out.variance = variance + commonVariance;
}

/** A look at a tag: what it told, what of it is new, and the time since the last one. */
export interface Lesson {
  readonly told: Told;
  share: number;
  dtS: number;
  /** Variance of a strength nothing is known of. */
  most: number;
}

/**
 * Brings a strength on by a look, by a Kalman step over what the gateways together heard beyond the map, averaged over the
 * posterior: how far that varies with the place counts as its error.
 */
export function learnStrength(strength: Strength, { told, share, dtS, most }: Lesson): void {
  const prior = 1 / (strength.variance + commonVariance);
  const variance = Math.min(most, strength.variance + driftPerS * dtS);
  strength.variance = round(variance);
  const own = told.knowledge - prior;
  const isLesson = own > 0 && share > 0 && told.walking > leastWalking;
  if (!isLesson) return;
  const said = (told.pull * told.knowledge - strength.mean * prior) / own;
  const place = 1 / own + told.spread * (told.knowledge / own) ** 2 + lessonVariance;
  const gain = variance / (variance + place / (told.walking * share));
  strength.mean = round(strength.mean + gain * (said - strength.mean));
  strength.variance = round(variance * (1 - gain));
}

/** Thousandths, and never minus nought: what the store keeps. */
const round = (value: number): number => Math.round(value * 1000) / 1000 + 0;

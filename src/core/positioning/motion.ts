import type { Rules } from '../rules';
import { correct, gaitPart, gaitSize as numbersPerGait, type Measured, predict } from './kalman';

/** Read once: an imported name is looked up at every use. */
const gaitSize = numbersPerGait;
const covariance = gaitPart.xx;

/** Gaits side by side, at most. */
export const mostGaits = 8;

/**
 * What the filter remembers: the tag at rest, pushed about and walking, side by side, as `rules.gaits` lists them; each
 * is `gaitSize` numbers of an array, see `kalman.ts`. Single precision is tenths of millimetres: what one fix hands to
 * the next goes through it, so that a track read back from the store is the same to the last bit.
 */
export type StoredGaits = Float32Array;
/** The same while it is worked on. */
export type Gaits = Float64Array;

export const emptyGaits = (): Gaits => new Float64Array(mostGaits * gaitSize);

/** Starts to follow from a first place: any gait is as likely as another. */
export function startMotion(out: Gaits, { x, y, xx, xy, yy }: Measured, { gaits }: Rules): void {
  for (const [i, { speedMps }] of gaits.entries()) {
    const o = i * gaitSize;
    const v = speedMps ** 2;
    out.set([1 / gaits.length, x, y, 0, 0, xx, xy, 0, 0, yy, 0, 0, v, 0, v], o);
  }
}

const shares = new Float64Array(mostGaits);

/**
 * Carries every gait ahead by `dtS`. Each first takes over its share of the others (tags set off and stop), as the
 * interacting multiple model filter does: Blom and Bar-Shalom, IEEE Trans. Automatic Control 33(8), 1988.
 */
export function predictMotion(from: StoredGaits, dtS: number, rules: Rules, out: Gaits): void {
  const count = rules.gaits.length;
  const changed = (1 - Math.exp(-rules.gaitChangesPerS * dtS)) / count;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      shares[j] = (from[j * gaitSize] ?? 0) * (i === j ? 1 - changed * (count - 1) : changed);
    }
    mix(from, count, out, i * gaitSize);
    const gait = rules.gaits[i];
    if (gait !== undefined) predict(out, i * gaitSize, dtS, gait);
  }
}

/** No gait is ever ruled out. */
const leastWeight = 0.01;
const likelihoods = new Float64Array(mostGaits);

/** Corrects every gait by a measured place; those that expected it better gain weight. */
export function correctMotion(gaits: Gaits, measured: Measured, rules: Rules): void {
  const count = rules.gaits.length;
  let best = -Infinity;
  for (let i = 0; i < count; i++) {
    const likelihood = correct(gaits, i * gaitSize, measured, rules.gateSigmas);
    likelihoods[i] = likelihood;
    if (likelihood > best) best = likelihood;
  }
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const weight = (gaits[i * gaitSize] ?? 0) * Math.exp((likelihoods[i] ?? 0) - best);
    gaits[i * gaitSize] = weight;
    sum += weight;
  }
  for (let i = 0; i < count; i++) {
    gaits[i * gaitSize] = Math.max(leastWeight, (gaits[i * gaitSize] ?? 0) / sum);
  }
}

/** Writes the mean and covariance of all gaits together, as one gait, to the front of `out`. */
export function meanMotion(gaits: Gaits | StoredGaits, { gaits: { length: count } }: Rules, out: Gaits): void {
  for (let j = 0; j < count; j++) shares[j] = gaits[j * gaitSize] ?? 0;
  mix(gaits, count, out, 0);
}

/** Speed a tag may have, by its gaits, m/s. */
export function likelySpeed(gaits: Gaits | StoredGaits, rules: Rules): number {
  let speed = 0;
  for (let i = 0; i < rules.gaits.length; i++) speed += (gaits[i * gaitSize] ?? 0) * (rules.gaits[i]?.speedMps ?? 0);
  return speed;
}

/** Whether rest, the first gait, is likelier than all others together. */
export const isCalm = (gaits: StoredGaits): boolean => (gaits[gaitPart.weight] ?? 0) > 0.5;

/** Moment match of gaits with `shares` for weights, written to `out` at `to`; its weight is their sum. */
function mix(from: Gaits | StoredGaits, count: number, out: Gaits, to: number): void {
  let weight = 0;
  for (let k = 0; k < count; k++) weight += shares[k] ?? 0;
  for (let i = 1; i < gaitSize; i++) {
    let mean = 0;
    for (let k = 0; k < count; k++) mean += (shares[k] ?? 0) * (from[k * gaitSize + i] ?? 0);
    out[to + i] = mean / weight;
  }
  out[to] = weight;
  for (let k = 0; k < count; k++) spread(from, k * gaitSize, out, { to, share: (shares[k] ?? 0) / weight });
}

/** Adds to a mixture's covariance how far the mean of one of its parts lies from its own. */
function spread(from: Gaits | StoredGaits, o: number, out: Gaits, { to, share }: { to: number; share: number }): void {
  for (let r = 1, at = to + covariance; r <= 4; r++) {
    const row = share * ((from[o + r] ?? 0) - (out[to + r] ?? 0));
    for (let c = r; c <= 4; c++, at++) out[at] = (out[at] ?? 0) + row * ((from[o + c] ?? 0) - (out[to + c] ?? 0));
  }
}

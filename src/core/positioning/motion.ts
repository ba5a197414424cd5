import { expDownClosely } from '../fast-math';
import type { Rules } from '../rules';
import type { Blob } from '../zoning/unit-masses';
import { correct, gaitSize as numbersPerGait, gaitPart, type Measured, predict } from './kalman';

/** Read once: an imported name is looked up at every use. */
const gaitSize = numbersPerGait;
const expDown = expDownClosely;

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

/** All gaits as one. */
const all = new Float64Array(numbersPerGait);

/**
 * Carries every gait ahead by `dtS`. Each first takes over its share of the others (tags set off and stop), as the
 * interacting multiple model filter does: Blom and Bar-Shalom, IEEE Trans. Automatic Control 33(8), 1988. As each goes
 * over to all others alike, that is a share of all gaits together and the rest of its own.
 */
export function predictMotion(from: StoredGaits, dtS: number, rules: Rules, out: Gaits): void {
  const { gaits } = rules;
  const count = gaits.length;
  const changed = (1 - Math.exp(-rules.gaitChangesPerS * dtS)) / count;
  meanMotion(from, count, all);
  for (let i = 0, o = 0; i < count; i++, o += gaitSize) {
    blend(from, o, changed * (all[0] ?? 0), (1 - changed * count) * (from[o] ?? 0), out);
    const gait = gaits[i];
    if (gait !== undefined) predict(out, o, dtS, gait);
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
    const weight = (gaits[i * gaitSize] ?? 0) * expDown(best - (likelihoods[i] ?? 0));
    gaits[i * gaitSize] = weight;
    sum += weight;
  }
  for (let i = 0; i < count; i++) {
    gaits[i * gaitSize] = Math.max(leastWeight, (gaits[i * gaitSize] ?? 0) / sum);
  }
}

/** Speed a tag may have, by its gaits, m/s. */
export function likelySpeed(gaits: Gaits | StoredGaits, rules: Rules): number {
  let speed = 0;
  for (let i = 0; i < rules.gaits.length; i++) speed += (gaits[i * gaitSize] ?? 0) * (rules.gaits[i]?.speedMps ?? 0);
  return speed;
}

/** Whether rest, the first gait, is likelier than all others together. */
export const isCalm = (gaits: StoredGaits): boolean => (gaits[gaitPart.weight] ?? 0) > 0.5;

/** Writes the mean and covariance of all gaits together (moment match), as one gait, to the front of `out`. */
export function meanMotion(gaits: Gaits | StoredGaits, count: number, out: Gaits): void {
  const end = count * gaitSize;
  let weight = 0;
  let x = 0;
  let y = 0;
  let vx = 0;
  let vy = 0;
  for (let o = 0; o < end; o += gaitSize) {
    const own = gaits[o] ?? 0;
    weight += own;
    x += own * (gaits[o + 1] ?? 0);
    y += own * (gaits[o + 2] ?? 0);
    vx += own * (gaits[o + 3] ?? 0);
    vy += own * (gaits[o + 4] ?? 0);
  }
  out[0] = weight;
  out[1] = x / weight;
  out[2] = y / weight;
  out[3] = vx / weight;
  out[4] = vy / weight;
  for (let i = 5; i < gaitSize; i++) out[i] = 0;
  for (let o = 0; o < end; o += gaitSize) addSpread(gaits, o, (gaits[o] ?? 0) / weight, out);
}

/** Adds a share of one gait's covariance to that of all, and of how far its mean lies from theirs. */
function addSpread(gaits: Gaits | StoredGaits, o: number, share: number, out: Gaits): void {
  const x = (gaits[o + 1] ?? 0) - (out[1] ?? 0);
  const y = (gaits[o + 2] ?? 0) - (out[2] ?? 0);
  const vx = (gaits[o + 3] ?? 0) - (out[3] ?? 0);
  const vy = (gaits[o + 4] ?? 0) - (out[4] ?? 0);
  out[5] = (out[5] ?? 0) + share * ((gaits[o + 5] ?? 0) + x * x);
  out[6] = (out[6] ?? 0) + share * ((gaits[o + 6] ?? 0) + x * y);
  out[7] = (out[7] ?? 0) + share * ((gaits[o + 7] ?? 0) + x * vx);
  out[8] = (out[8] ?? 0) + share * ((gaits[o + 8] ?? 0) + x * vy);
  out[9] = (out[9] ?? 0) + share * ((gaits[o + 9] ?? 0) + y * y);
  out[10] = (out[10] ?? 0) + share * ((gaits[o + 10] ?? 0) + y * vx);
  out[11] = (out[11] ?? 0) + share * ((gaits[o + 11] ?? 0) + y * vy);
  out[12] = (out[12] ?? 0) + share * ((gaits[o + 12] ?? 0) + vx * vx);
  out[13] = (out[13] ?? 0) + share * ((gaits[o + 13] ?? 0) + vx * vy);
  out[14] = (out[14] ?? 0) + share * ((gaits[o + 14] ?? 0) + vy * vy);
}

/** Moment match of `ofAll` of all gaits together and `ofOwn` of the gait at `o`, written to `out` at the same place. */
function blend(gaits: StoredGaits, o: number, ofAll: number, ofOwn: number, out: Gaits): void {
  const weight = ofAll + ofOwn;
  const a = ofAll / weight;
  const b = ofOwn / weight;
  const between = a * b;
  const x = (all[1] ?? 0) - (gaits[o + 1] ?? 0);
  const y = (all[2] ?? 0) - (gaits[o + 2] ?? 0);
  const vx = (all[3] ?? 0) - (gaits[o + 3] ?? 0);
  const vy = (all[4] ?? 0) - (gaits[o + 4] ?? 0);
  out[o] = weight;
  out[o + 1] = (gaits[o + 1] ?? 0) + a * x;
  out[o + 2] = (gaits[o + 2] ?? 0) + a * y;
  out[o + 3] = (gaits[o + 3] ?? 0) + a * vx;
  out[o + 4] = (gaits[o + 4] ?? 0) + a * vy;
  out[o + 5] = a * (all[5] ?? 0) + b * (gaits[o + 5] ?? 0) + between * x * x;
  out[o + 6] = a * (all[6] ?? 0) + b * (gaits[o + 6] ?? 0) + between * x * y;
  out[o + 7] = a * (all[7] ?? 0) + b * (gaits[o + 7] ?? 0) + between * x * vx;
  out[o + 8] = a * (all[8] ?? 0) + b * (gaits[o + 8] ?? 0) + between * x * vy;
  out[o + 9] = a * (all[9] ?? 0) + b * (gaits[o + 9] ?? 0) + between * y * y;
  out[o + 10] = a * (all[10] ?? 0) + b * (gaits[o + 10] ?? 0) + between * y * vx;
  out[o + 11] = a * (all[11] ?? 0) + b * (gaits[o + 11] ?? 0) + between * y * vy;
  out[o + 12] = a * (all[12] ?? 0) + b * (gaits[o + 12] ?? 0) + between * vx * vx;
  out[o + 13] = a * (all[13] ?? 0) + b * (gaits[o + 13] ?? 0) + between * vx * vy;
  out[o + 14] = a * (all[14] ?? 0) + b * (gaits[o + 14] ?? 0) + between * vy * vy;
}

/** Mean place of all gaits together and its covariance. */
export function meanPlace(gaits: Gaits | StoredGaits, count: number, out: Blob): void {
  const end = count * gaitSize;
  let weight = 0;
  let x = 0;
  let y = 0;
  for (let o = 0; o < end; o += gaitSize) {
    const own = gaits[o] ?? 0;
    weight += own;
    x += own * (gaits[o + 1] ?? 0);
    y += own * (gaits[o + 2] ?? 0);
  }
  x /= weight;
  y /= weight;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let o = 0; o < end; o += gaitSize) {
    const own = gaits[o] ?? 0;
    const dx = (gaits[o + 1] ?? 0) - x;
    const dy = (gaits[o + 2] ?? 0) - y;
    xx += own * ((gaits[o + 5] ?? 0) + dx * dx);
    xy += own * ((gaits[o + 6] ?? 0) + dx * dy);
    yy += own * ((gaits[o + 9] ?? 0) + dy * dy);
  }
  out.x = x;
  out.y = y;
  out.xx = xx / weight;
  out.xy = xy / weight;
  out.yy = yy / weight;
}

import type { Rules } from '../../rules';
import type { ExpectedSignals, GatewayMap } from './expected-signals';
import { quickLog } from '../../fast-math';
import type { FloorGrid } from './floor-grid';
import { places as placesListed } from './listed-cells';
import type { News } from './news';
import { planeStrength, silenceAt, silencePlane } from './silence';
import type { Strength, Told } from './strength';
import { mostCells } from './window';

/** Read once: an imported name is looked up at every use. */
const log = quickLog;
const silenceOf = silenceAt;
const silencePlaneOf = silencePlane;
const strengthOfPlane = planeStrength;
const places = placesListed;

/** What was heard of a tag, and what is expected in each place. */
export interface Heard {
  signals: News;
  expected: ExpectedSignals;
  grid: FloorGrid;
  rules: Rules;
  /** What is expected of the tag's own strength in any one place. */
  readonly strength: Strength;
}

/** What the last weighing told of the tag's strength. */
export const told: Told = { pull: 0, spread: 0, knowledge: 0, misfit: 0, walking: 0 };

/** By the place of a cell in the list: the tag's strength, its log likelihood, and the gateways' part in that. */
export const pulls = new Float64Array(mostCells);
export const misfits = new Float64Array(mostCells);
export const offs = new Float64Array(mostCells);
const strengths = new Float64Array(mostCells);
const silences = new Float64Array(mostCells);
const spreads = new Float64Array(mostCells);

/** Log likelihoods of the cells listed, into `misfits`; returns the best. */
export function score(count: number, heard: Heard): number {
  weighStrength(count, heard);
  startSilence(count, heard.expected);
  misfits.fill(1, 0, count);
  spreads.fill(1, 0, count);
  const { signals, expected } = heard;
  for (let g = 0; g < signals.count; g++) {
    const map = expected.gateways[signals.gateway[g] ?? 0];
    if (map !== undefined) weighHeard(count, map, linkOf(signals, g, heard));
  }
  for (let g = 0; g < signals.present; g++) {
    const gateway = signals.heardBy[g] ?? 0;
    const map = expected.gateways[gateway];
    if (map !== undefined && !isIn(signals, gateway)) endSilence(count, map.mean, expected.silence);
  }
  return sumUp(count, heard);
}

/** The tag's strength at its best in each cell: common to all gateways, held by its prior. */
function weighStrength(count: number, { signals, expected, strength }: Heard): void {
  let sum = 1 / strength.variance;
  pulls.fill(strength.mean * sum, 0, count);
  for (let g = 0; g < signals.count; g++) {
    const map = expected.gateways[signals.gateway[g] ?? 0];
    if (map === undefined) continue;
    const weight = 1 / (placeVariance(map.typicalVariance, signals.excess) + (signals.variance[g] ?? 0));
    pull(count, map.mean, signals.rssi[g] ?? 0, weight);
    sum += weight;
  }
  const perWeight = 1 / sum;
  told.knowledge = sum;
  for (let i = 0; i < count; i++) pulls[i] = (pulls[i] ?? 0) * perWeight;
}

function pull(count: number, mean: Float32Array, rssi: number, weight: number): void {
  const most = mostSigmas / Math.sqrt(weight);
  const half = 0.5 * weight;
  for (let i = 0; i < count; i++) {
    const residual = rssi - (mean[places[i] ?? 0] ?? 0);
    // The residual, cut off at `most` to either side: a choice here would often be guessed wrongly by the processor.
    pulls[i] = (pulls[i] ?? 0) + half * (Math.abs(residual + most) - Math.abs(residual - most));
  }
}

/** Signals further off than this say no more of the tag's strength (Huber). */
export const mostSigmas = 2.5;

/** What of a map's variance belongs to the place, once fading is known from the tag's own sightings. */
export const placeVariance = (variance: number, excess: number): number =>
  Math.max(leastPlaceVariance, variance + excess);
const leastPlaceVariance = 4;

/** What the gateways that heard nothing say: the silence of all, less that of those which heard something lately. */
function startSilence(count: number, { allSilent }: ExpectedSignals): void {
  for (let i = 0; i < count; i++) {
    const plane = silencePlaneOf(pulls[i] ?? 0);
    strengths[i] = strengthOfPlane(plane);
    const silent = allSilent[plane];
    silences[i] = silent === undefined ? 0 : (silent[places[i] ?? 0] ?? 0);
  }
}

/** Whether a gateway is among those whose strength is weighed. */
function isIn({ count, gateway }: News, wanted: number): boolean {
  for (let g = 0; g < count; g++) if (gateway[g] === wanted) return true;
  return false;
}

/** A gateway that heard the tag lately was not silent. */
function endSilence(count: number, mean: Float32Array, silence: Float32Array): void {
  for (let i = 0; i < count; i++) {
    silences[i] = (silences[i] ?? 0) - silenceOf(silence, (mean[places[i] ?? 0] ?? 0) + (strengths[i] ?? 0));
  }
}

/** One gateway's signal as the likelihood reads it. */
interface Link {
  rssi: number;
  /** What fading leaves, dB², and what of a map's variance is fading. */
  news: number;
  excess: number;
  nu: number;
  perWide: number;
  silence: Float32Array;
}

const link: Link = { rssi: NaN, news: NaN, excess: NaN, nu: NaN, perWide: NaN, silence: new Float32Array(0) };

function linkOf(signals: News, g: number, { rules, expected }: Heard): Link {
  link.rssi = signals.rssi[g] ?? 0;
  link.news = signals.variance[g] ?? 0;
  link.excess = signals.excess;
  link.nu = rules.tailDegrees;
  link.perWide = 1 / rules.obstructionFactor;
  link.silence = expected.silence;
  return link;
}

/**
 * Multiplies on what one gateway tells that heard the tag: of a Student t of ν degrees, ν times its variance plus the
 * square of the residual, and its variance (their logs are taken once for all gateways); and that it was not silent.
 */
function weighHeard(count: number, { mean, variance }: GatewayMap, by: Link): void {
  const { rssi, news, excess, nu, perWide, silence } = by;
  // The square of a residual counts `perWide` below 0 and 1 above: the mean of both, and half their difference with its sign.
  const mid = 0.5 * (1 + perWide);
  const half = 0.5 * (1 - perWide);
  for (let i = 0; i < count; i++) {
    const place = places[i] ?? 0;
    const usual = mean[place] ?? 0;
    const residual = rssi - usual - (pulls[i] ?? 0);
    const own = (variance[place] ?? 1) + excess;
    const spread = (own > leastPlaceVariance ? own : leastPlaceVariance) + news;
    misfits[i] = (misfits[i] ?? 1) * (nu * spread + residual * (mid * residual + half * Math.abs(residual)));
    spreads[i] = (spreads[i] ?? 1) * spread;
    silences[i] = (silences[i] ?? 0) - silenceOf(silence, usual + (strengths[i] ?? 0));
  }
}

/** Log likelihoods into `misfits`; returns the best. */
function sumUp(count: number, { signals, rules, strength: { mean: usual, variance: free } }: Heard): number {
  const nu = rules.tailDegrees;
  const share = rules.grid.silenceShare;
  const logOfDegrees = signals.count * Math.log(nu);
  const perStrength = 1 / free;
  let best = -Infinity;
  for (let i = 0; i < count; i++) {
    const strength = (pulls[i] ?? 0) - usual;
    const spread = log(spreads[i] ?? 1);
    const off = (nu + 1) * (log(misfits[i] ?? 1) - spread - logOfDegrees);
    const silence = silences[i] ?? 0;
    offs[i] = off;
    const own = (silence < 0 ? share * silence : 0) - 0.5 * (off + spread + strength * strength * perStrength);
    misfits[i] = own;
    if (own > best) best = own;
  }
  return best;
}

import { expDown } from '../fast-math';
import type { Rules } from '../rules';
import { mostSlots, rssiIn, type SightingWindow, slotIn } from './window';

/** One strength per gateway, out of a window: what a position is worked out from. */
export interface Signals {
  count: number;
  /** Index of the gateway in the model. */
  readonly gateway: Int32Array;
  readonly rssi: Float64Array;
  /** What fading leaves after averaging, dB². */
  readonly variance: Float64Array;
  /** Mean age of what was used, seconds: the position found is true for then. */
  lagS: number;
  /** Share of the evidence that is newer than `since`, 0…1. */
  freshShare: number;
}

/** No more gateways than this are ever used for one fix. */
export const mostGateways = 64;

export function emptySignals(): Signals {
  return {
    count: 0,
    gateway: new Int32Array(mostGateways),
    rssi: new Float64Array(mostGateways),
    variance: new Float64Array(mostGateways),
    lagS: 0,
    freshShare: 1,
  };
}

/** A window and the instants it is read for. Filled in anew for every fix. */
export interface HeardWindow {
  window: SightingWindow;
  /** The instant of the fix, epoch ms. */
  at: number;
  /** The same and that of the last fix, ms since the track's origin. */
  until: number;
  since: number;
  /** Nothing says that the tag moved since the last fix: what was heard since then is true of now, too. */
  isQuiet?: boolean;
}

/** By slot: sums of weights, of their squares and of weighed strengths. */
const sums = new Float64Array(mostSlots);
const squares = new Float64Array(mostSlots);
const strengths = new Float64Array(mostSlots);
const leastWeight = 1e-7;

/** Averages each gateway's sightings, newer ones counting more; keeps the strongest gateways. Writes into `out`. */
export function readSignals({ window, until, since, isQuiet }: HeardWindow, rules: Rules, out: Signals): void {
  const { gateways, samples, begin, end } = window;
  const slots = gateways.length;
  for (let slot = 0; slot < slots; slot++) {
    sums[slot] = 0;
    squares[slot] = 0;
    strengths[slot] = 0;
  }
  const perDecay = 1 / (isQuiet === true ? rules.quietDecayMs : rules.decayMs);
  let weights = 0;
  let ages = 0;
  let fresh = 0;
  for (let i = begin; i < end; i += 2) {
    const at = samples[i] ?? 0;
    const word = samples[i + 1] ?? 0;
    const slot = slotIn(word);
    const weight = Math.max(expDown((until - at) * perDecay), leastWeight);
    sums[slot] = (sums[slot] ?? 0) + weight;
    squares[slot] = (squares[slot] ?? 0) + weight * weight;
    strengths[slot] = (strengths[slot] ?? 0) + weight * rssiIn(word);
    weights += weight;
    ages += weight * (until - at);
    if (at > since) fresh += weight;
  }
  out.count = 0;
  for (let slot = 0; slot < slots; slot++) {
    const gateway = gateways[slot] ?? -1;
    const sum = sums[slot] ?? 0;
    if (gateway < 0 || sum === 0) continue;
    const variance = (rules.fadingDb ** 2 * (squares[slot] ?? 0)) / (sum * sum);
    keepStrongest(out, gateway, (strengths[slot] ?? 0) / sum, variance, rules.maxGateways);
  }
  out.lagS = weights === 0 ? 0 : ages / weights / 1000;
  out.freshShare = weights === 0 ? 0 : fresh / weights;
}

/** Keeps one gateway's strength (dBm) and variance (dB²), in place of the weakest when `most` are kept already. */
export function keepStrongest(out: Signals, gateway: number, rssi: number, variance: number, most: number): void {
  let slot = out.count;
  if (out.count < Math.min(most, mostGateways)) out.count++;
  else {
    slot = 0;
    for (let i = 1; i < out.count; i++) if ((out.rssi[i] ?? 0) < (out.rssi[slot] ?? 0)) slot = i;
    if ((out.rssi[slot] ?? 0) >= rssi) return;
  }
  out.gateway[slot] = gateway;
  out.rssi[slot] = rssi;
  out.variance[slot] = variance;
}

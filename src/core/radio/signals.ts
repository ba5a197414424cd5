import type { GatewayId } from '../ids';
import type { Rules } from '../rules';
import type { GatewayWindow } from './window';

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

export interface HeardWindow {
  readonly window: readonly GatewayWindow[];
  readonly gatewayIndex: ReadonlyMap<GatewayId, number>;
  /** The instant of the fix and of the last one, ms since the track's origin. */
  readonly until: number;
  readonly since: number;
}

/** Averages each gateway's sightings, newer ones counting more; keeps the strongest gateways. Writes into `out`. */
export function readSignals({ window, gatewayIndex, until, since }: HeardWindow, rules: Rules, out: Signals): void {
  out.count = 0;
  let weights = 0;
  let ages = 0;
  let fresh = 0;
  for (const { gatewayId, heard } of window) {
    const index = gatewayIndex.get(gatewayId);
    if (index === undefined) continue;
    let sum = 0;
    let sumSq = 0;
    let rssi = 0;
    for (let i = 0; i < heard.length; i += 2) {
      const at = heard[i] ?? 0;
      const weight = Math.exp((at - until) / rules.decayMs);
      sum += weight;
      sumSq += weight * weight;
      rssi += weight * (heard[i + 1] ?? 0);
      ages += weight * (until - at);
      if (at > since) fresh += weight;
    }
    weights += sum;
    keepStrongest(out, index, rssi / sum, (rules.fadingDb ** 2 * sumSq) / (sum * sum), rules.maxGateways);
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

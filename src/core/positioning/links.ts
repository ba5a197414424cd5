import type { LevelRadio } from '../radio/path-loss';
import { mostGateways, type Signals } from '../radio/signals';

/** What each gateway heard, beside what it should hear on one level, packed for the loops: one link per gateway. */
export interface Links {
  count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly sqRise: Float64Array;
  /** RSSI heard less RSSI expected at one metre, dB. */
  readonly excess: Float64Array;
  /** dB per unit of ln(distance). */
  readonly slope: Float64Array;
  readonly variance: Float64Array;
}

export function emptyLinks(): Links {
  const make = (): Float64Array => new Float64Array(mostGateways);
  return { count: 0, x: make(), y: make(), sqRise: make(), excess: make(), slope: make(), variance: make() };
}

const perDecade = 10 / Math.LN10;

/** Packs signals and one level's radio into `out`. */
export function packLinks(signals: Signals, radio: LevelRadio, out: Links): void {
  out.count = signals.count;
  for (let i = 0; i < signals.count; i++) {
    const g = signals.gateway[i] ?? 0;
    out.x[i] = radio.x[g] ?? 0;
    out.y[i] = radio.y[g] ?? 0;
    out.sqRise[i] = radio.sqRise[g] ?? 0;
    out.excess[i] = (signals.rssi[i] ?? 0) - (radio.rssi1m[g] ?? 0);
    out.slope[i] = perDecade * (radio.exponent[g] ?? 0);
    out.variance[i] = (radio.variance[g] ?? 0) + (signals.variance[i] ?? 0);
  }
}

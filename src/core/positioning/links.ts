import type { LevelRadio } from '../radio/path-loss';
import { mostGateways, type Signals } from '../radio/signals';
import type { Rules } from '../rules';

/**
 * What each gateway heard, beside what it should hear on one level: one link per gateway, `linkSize` numbers each, side
 * by side for the loops.
 */
export interface Links {
  count: number;
  readonly numbers: Float64Array;
}

export const linkSize = 8;
/**
 * Where in a link stand: the gateway (x, y; squared rise to it, m²), RSSI heard less RSSI expected at one metre (dB), dB
 * per unit of ln(squared distance), and ν times the variance (dB²) with its inverse.
 */
export const linkPart = { x: 0, y: 1, sqRise: 2, excess: 3, perLogSq: 4, spread: 5, perSpread: 6 } as const;

export const emptyLinks = (): Links => ({ count: 0, numbers: new Float64Array(mostGateways * linkSize) });

const perDecade = 10 / Math.LN10;

/** Packs signals and one level's radio into `out`. */
export function packLinks(signals: Signals, radio: LevelRadio, { tailDegrees }: Rules, out: Links): void {
  const { numbers } = out;
  out.count = signals.count;
  for (let i = 0, o = 0; i < signals.count; i++, o += linkSize) {
    const g = signals.gateway[i] ?? 0;
    const spread = tailDegrees * ((radio.variance[g] ?? 0) + (signals.variance[i] ?? 0));
    numbers[o] = radio.x[g] ?? 0;
    numbers[o + 1] = radio.y[g] ?? 0;
    numbers[o + 2] = radio.sqRise[g] ?? 0;
    numbers[o + 3] = (signals.rssi[i] ?? 0) - (radio.rssi1m[g] ?? 0);
    numbers[o + 4] = 0.5 * perDecade * (radio.exponent[g] ?? 0);
    numbers[o + 5] = spread;
    numbers[o + 6] = 1 / spread;
  }
}

import { quickLog } from '../fast-math';
import type { Blob } from '../zoning/unit-masses';

/**
 * One way a tag may be moving, as fifteen numbers in a row of an array: its weight; place and velocity x, y (m), vx, vy
 * (m/s); their covariance, the upper triangle by rows.
 */
export const gaitSize = 15;
export const gaitPart = {
  ...{ weight: 0, x: 1, y: 2, vx: 3, vy: 4 },
  ...{ xx: 5, xy: 6, xvx: 7, xvy: 8, yy: 9, yvx: 10, yvy: 11, vxvx: 12, vxvy: 13, vyvy: 14 },
} as const;
const covariance = gaitPart.xx;
/** Read once: an imported name is looked up at every use. */
const log = quickLog;

/** A place found from signals, true `lagS` seconds before the instant it is used for. */
export interface Measured extends Blob {
  lagS: number;
}

/**
 * Carries the gait at `o` forward by `dtS`: velocity of spread `speedMps` per axis keeps its course for about `courseS`
 * and then fades (an Ornstein–Uhlenbeck process, integrated exactly), so that a tag unheard for long is simply near.
 */
export function predict(g: Float64Array, o: number, dtS: number, gait: { speedMps: number; courseS: number }): void {
  const { courseS } = gait;
  const fade = Math.exp(-dtS / courseS);
  const reach = courseS * (1 - fade);
  const sq = gait.speedMps * gait.speedMps;
  const noiseV = sq * (1 - fade * fade);
  const noiseX = Math.max(0, sq * courseS * (2 * dtS - courseS * (3 - 4 * fade + fade * fade)));
  const noiseC = sq * courseS * (1 - fade) * (1 - fade);
  const vx = g[o + 3] ?? 0;
  const vy = g[o + 4] ?? 0;
  const xvx = g[o + 7] ?? 0;
  const xvy = g[o + 8] ?? 0;
  const yvx = g[o + 10] ?? 0;
  const yvy = g[o + 11] ?? 0;
  const vxvx = g[o + 12] ?? 0;
  const vxvy = g[o + 13] ?? 0;
  const vyvy = g[o + 14] ?? 0;
  g[o + 1] = (g[o + 1] ?? 0) + reach * vx;
  g[o + 2] = (g[o + 2] ?? 0) + reach * vy;
  g[o + 3] = fade * vx;
  g[o + 4] = fade * vy;
  g[o + 5] = (g[o + 5] ?? 0) + reach * (2 * xvx + reach * vxvx) + noiseX;
  g[o + 6] = (g[o + 6] ?? 0) + reach * (xvy + yvx + reach * vxvy);
  g[o + 7] = fade * (xvx + reach * vxvx) + noiseC;
  g[o + 8] = fade * (xvy + reach * vxvy);
  g[o + 9] = (g[o + 9] ?? 0) + reach * (2 * yvy + reach * vyvy) + noiseX;
  g[o + 10] = fade * (yvx + reach * vxvy);
  g[o + 11] = fade * (yvy + reach * vyvy) + noiseC;
  g[o + 12] = fade * fade * vxvx + noiseV;
  g[o + 13] = fade * fade * vxvy;
  g[o + 14] = fade * fade * vyvy + noiseV;
}

/** Rows of H P for a place seen `lagS` late, H = [I, −lag·I]: of x, then of y. */
const seen = new Float64Array(8);
/** What each of the four takes over of what a place is off by, in x, then in y. */
const gains = new Float64Array(8);

/**
 * Corrects the gait at `o` by a measured place (Kalman), and says how likely that place was (log density, within the
 * quick logarithm). A place beyond `gateSigmas` is weighed down in proportion, not thrown away: a tag that really jumped
 * is followed after a few fixes.
 */
export function correct(g: Float64Array, o: number, measured: Measured, gateSigmas: number): number {
  const lag = measured.lagS;
  look(g, o, lag);
  const ix = measured.x - (g[o + 1] ?? 0) + lag * (g[o + 3] ?? 0);
  const iy = measured.y - (g[o + 2] ?? 0) + lag * (g[o + 4] ?? 0);
  const xx = (seen[0] ?? 0) - lag * (seen[2] ?? 0) + measured.xx;
  const xy = (seen[1] ?? 0) - lag * (seen[3] ?? 0) + measured.xy;
  const yy = (seen[5] ?? 0) - lag * (seen[7] ?? 0) + measured.yy;
  const det = xx * yy - xy * xy;
  const sqSigmas = (yy * ix * ix - 2 * xy * ix * iy + xx * iy * iy) / det;
  const inverse = 1 / (det * Math.max(1, sqSigmas / (gateSigmas * gateSigmas)));
  for (let r = 0; r < 4; r++) {
    const sx = seen[r] ?? 0;
    const sy = seen[r + 4] ?? 0;
    const gainX = (sx * yy - sy * xy) * inverse;
    const gainY = (sy * xx - sx * xy) * inverse;
    gains[r] = gainX;
    gains[r + 4] = gainY;
    g[o + 1 + r] = (g[o + 1 + r] ?? 0) + gainX * ix + gainY * iy;
  }
  narrow(g, o);
  return -0.5 * (log(det) + Math.min(sqSigmas, mostSqSigmas));
}

/** One wild place does not settle whether a tag walks. */
const mostSqSigmas = 16;

function look(g: Float64Array, o: number, lag: number): void {
  seen[0] = (g[o + 5] ?? 0) - lag * (g[o + 7] ?? 0);
  seen[1] = (g[o + 6] ?? 0) - lag * (g[o + 10] ?? 0);
  seen[2] = (g[o + 7] ?? 0) - lag * (g[o + 12] ?? 0);
  seen[3] = (g[o + 8] ?? 0) - lag * (g[o + 13] ?? 0);
  seen[4] = (g[o + 6] ?? 0) - lag * (g[o + 8] ?? 0);
  seen[5] = (g[o + 9] ?? 0) - lag * (g[o + 11] ?? 0);
  seen[6] = (g[o + 10] ?? 0) - lag * (g[o + 13] ?? 0);
  seen[7] = (g[o + 11] ?? 0) - lag * (g[o + 14] ?? 0);
}

/** Takes from the covariance what a place has told. */
function narrow(g: Float64Array, o: number): void {
  for (let r = 0, at = o + covariance; r < 4; r++) {
    const gainX = gains[r] ?? 0;
    const gainY = gains[r + 4] ?? 0;
    for (let c = r; c < 4; c++, at++) g[at] = (g[at] ?? 0) - gainX * (seen[c] ?? 0) - gainY * (seen[c + 4] ?? 0);
  }
}

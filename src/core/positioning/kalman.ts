import type { Blob } from '../zoning/unit-masses';

/** Place and velocity with their covariance: x, y (m), vx, vy (m/s); 4 × 4 by rows. */
export interface Belief {
  readonly state: readonly number[];
  readonly covariance: readonly number[];
}

/** A place found from signals, true `lagS` seconds before the instant it is used for. */
export interface Measured extends Blob {
  readonly lagS: number;
}

const p = new Float64Array(16);
const cell = (row: number, column: number): number => p[4 * row + column] ?? 0;

/**
 * Carries a belief forward by `dtS`: velocity of spread `speedMps` per axis keeps its course for about `courseS` and
 * then fades (an Ornstein–Uhlenbeck process, integrated exactly), so that a tag unheard for long is simply near.
 */
export function predict(belief: Belief, dtS: number, speedMps: number, courseS: number): Belief {
  const fade = Math.exp(-dtS / courseS);
  const reach = courseS * (1 - fade);
  const [x = 0, y = 0, vx = 0, vy = 0] = belief.state;
  const sq = speedMps ** 2;
  const noiseV = sq * (1 - fade * fade);
  const noiseX = Math.max(0, sq * courseS * (2 * dtS - courseS * (3 - 4 * fade + fade * fade)));
  const noiseC = sq * courseS * (1 - fade) ** 2;
  p.set(belief.covariance);
  carry(reach, fade);
  for (let i = 0; i < 2; i++) {
    p[5 * i] = cell(i, i) + noiseX;
    p[5 * i + 2] = cell(i, i + 2) + noiseC;
    p[5 * i + 8] = cell(i + 2, i) + noiseC;
    p[5 * i + 10] = cell(i + 2, i + 2) + noiseV;
  }
  return { state: [x + reach * vx, y + reach * vy, fade * vx, fade * vy], covariance: [...p] };
}

/** P ← F P Fᵀ for F = [[I, reach·I], [0, fade·I]]. */
function carry(reach: number, fade: number): void {
  for (let c = 0; c < 4; c++) {
    for (let r = 0; r < 2; r++) {
      p[4 * r + c] = cell(r, c) + reach * cell(r + 2, c);
      p[4 * (r + 2) + c] = fade * cell(r + 2, c);
    }
  }
  for (let r = 0; r < 4; r++) {
    for (let c = 0; c < 2; c++) {
      p[4 * r + c] = cell(r, c) + reach * cell(r, c + 2);
      p[4 * r + c + 2] = fade * cell(r, c + 2);
    }
  }
}

/** Rows of H P for a place seen `lagS` late: H = [I, −lag·I]. */
const seen = new Float64Array(8);

/**
 * Corrects a predicted belief by a measured place (Kalman), and says how likely that place was (log density).
 * A place beyond `gateSigmas` is weighed down in proportion, not thrown away: a tag that really jumped is followed
 * after a few fixes.
 */
export function correct(
  belief: Belief,
  measured: Measured,
  gateSigmas: number,
): { belief: Belief; logLikelihood: number } {
  const lag = measured.lagS;
  const [x = 0, y = 0, vx = 0, vy = 0] = belief.state;
  p.set(belief.covariance);
  for (let c = 0; c < 4; c++) {
    seen[c] = cell(0, c) - lag * cell(2, c);
    seen[4 + c] = cell(1, c) - lag * cell(3, c);
  }
  const [s0 = 0, s1 = 0, s2 = 0, s3 = 0, , s5 = 0, , s7 = 0] = seen;
  const ix = measured.x - x + lag * vx;
  const iy = measured.y - y + lag * vy;
  let xx = s0 - lag * s2 + measured.xx;
  let xy = s1 - lag * s3 + measured.xy;
  let yy = s5 - lag * s7 + measured.yy;
  const det = xx * yy - xy * xy;
  const sqSigmas = (yy * ix * ix - 2 * xy * ix * iy + xx * iy * iy) / det;
  const excess = Math.max(1, sqSigmas / gateSigmas ** 2);
  xx *= excess;
  xy *= excess;
  yy *= excess;
  const inverse = 1 / (xx * yy - xy * xy);
  const state = [x, y, vx, vy];
  const covariance = [...belief.covariance];
  for (let r = 0; r < 4; r++) {
    const gainX = ((seen[r] ?? 0) * yy - (seen[4 + r] ?? 0) * xy) * inverse;
    const gainY = ((seen[4 + r] ?? 0) * xx - (seen[r] ?? 0) * xy) * inverse;
    state[r] = (state[r] ?? 0) + gainX * ix + gainY * iy;
    for (let c = 0; c < 4; c++) {
      covariance[4 * r + c] = cell(r, c) - gainX * (seen[c] ?? 0) - gainY * (seen[4 + c] ?? 0);
    }
  }
  return { belief: { state, covariance }, logLikelihood: -0.5 * (Math.log(det) + Math.min(sqSigmas, mostSqSigmas)) };
}

/** One wild place does not settle whether a tag walks. */
const mostSqSigmas = 16;

import type { Rules } from '../rules';

/** What the filter remembers: place and velocity with their covariance, at one instant. */
export interface Motion {
  /** Epoch ms. */
  readonly at: number;
  /** x, y (m), vx, vy (m/s). */
  readonly state: readonly number[];
  /** Covariance, 4 × 4 by rows. */
  readonly covariance: readonly number[];
}

/** A place found from signals; true `lagS` seconds before `at`. */
export interface Measured {
  readonly at: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
  readonly lagS: number;
}

/** Starts to follow from a first place, standing still for all that is known. */
export function startMotion(measured: Measured, rules: Rules): Motion {
  const { at, x, y, xx, xy, yy } = measured;
  const v = rules.walkSpeedMps ** 2;
  return { at, state: [x, y, 0, 0], covariance: [xx, xy, 0, 0, xy, yy, 0, 0, 0, 0, v, 0, 0, 0, 0, v] };
}

const state = new Float64Array(4);
const p = new Float64Array(16);

/**
 * Carries a motion forward: velocity keeps its course for about `courseMs` and then fades (Ornstein–Uhlenbeck), so that
 * a walk is followed, a rest is a rest, and a tag unheard for long is simply anywhere near.
 */
export function predict(motion: Motion, at: number, rules: Rules): Motion {
  const dt = Math.max(0, at - motion.at) / 1000;
  if (dt === 0) return motion;
  const tau = rules.courseMs / 1000;
  const fade = Math.exp(-dt / tau);
  const reach = tau * (1 - fade);
  load(motion);
  const [x = 0, y = 0, vx = 0, vy = 0] = state;
  const sq = rules.walkSpeedMps ** 2;
  const qv = sq * (1 - fade * fade);
  const qx = sq * tau * (2 * dt - tau * (3 - 4 * fade + fade * fade));
  const qc = sq * tau * (1 - fade) ** 2;
  carry(reach, fade);
  for (let i = 0; i < 2; i++) {
    p[5 * i] = at4(i, i) + qx;
    p[4 * i + i + 2] = at4(i, i + 2) + qc;
    p[4 * (i + 2) + i] = at4(i + 2, i) + qc;
    p[5 * (i + 2)] = at4(i + 2, i + 2) + qv;
  }
  return { at, state: [x + reach * vx, y + reach * vy, fade * vx, fade * vy], covariance: [...p] };
}

function load(motion: Motion): void {
  state.set(motion.state);
  p.set(motion.covariance);
}

const at4 = (row: number, column: number): number => p[4 * row + column] ?? 0;

/** P ← F P Fᵀ for F = [[I, reach·I], [0, fade·I]]. */
function carry(reach: number, fade: number): void {
  for (let c = 0; c < 4; c++) {
    for (let r = 0; r < 2; r++) {
      p[4 * r + c] = at4(r, c) + reach * at4(r + 2, c);
      p[4 * (r + 2) + c] = fade * at4(r + 2, c);
    }
  }
  for (let r = 0; r < 4; r++) {
    for (let c = 0; c < 2; c++) {
      p[4 * r + c] = at4(r, c) + reach * at4(r, c + 2);
      p[4 * r + c + 2] = fade * at4(r, c + 2);
    }
  }
}

/**
 * Corrects a predicted motion by a place found `lagS` ago. A place further off than the gate allows is weighed down in
 * proportion, not thrown away: a tag that really jumped is followed after a few fixes.
 */
export function correct(motion: Motion, measured: Measured, rules: Rules): Motion {
  load(motion);
  const lag = measured.lagS;
  const hp = new Float64Array(8);
  for (let c = 0; c < 4; c++) {
    hp[c] = at4(0, c) - lag * at4(2, c);
    hp[4 + c] = at4(1, c) - lag * at4(3, c);
  }
  const ix = measured.x - (state[0] ?? 0) + lag * (state[2] ?? 0);
  const iy = measured.y - (state[1] ?? 0) + lag * (state[3] ?? 0);
  const own = (r: number, c: number): number => (hp[4 * r + c] ?? 0) - lag * (hp[4 * r + c + 2] ?? 0);
  const [oxx, oxy, oyy] = [own(0, 0), own(0, 1), own(1, 1)];
  let [sxx, sxy, syy] = [oxx + measured.xx, oxy + measured.xy, oyy + measured.yy];
  const sqSigmas = (syy * ix * ix - 2 * sxy * ix * iy + sxx * iy * iy) / (sxx * syy - sxy * sxy);
  const excess = sqSigmas / rules.gateSigmas ** 2;
  if (excess > 1) {
    sxx *= excess;
    sxy *= excess;
    syy *= excess;
  }
  const det = sxx * syy - sxy * sxy;
  const next = [...motion.state];
  const covariance = [...motion.covariance];
  for (let r = 0; r < 4; r++) {
    const kx = ((hp[r] ?? 0) * syy - (hp[4 + r] ?? 0) * sxy) / det;
    const ky = ((hp[4 + r] ?? 0) * sxx - (hp[r] ?? 0) * sxy) / det;
    next[r] = (next[r] ?? 0) + kx * ix + ky * iy;
    for (let c = 0; c < 4; c++) {
      covariance[4 * r + c] = (covariance[4 * r + c] ?? 0) - kx * (hp[c] ?? 0) - ky * (hp[4 + c] ?? 0);
    }
  }
  return { at: motion.at, state: next, covariance };
}

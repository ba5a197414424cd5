import { gaitPart, gaitSize, type Measured } from '../../../src/core/positioning/kalman';

/** The Kalman filter of four unknowns in whole matrices, straight from the textbook: what the flat one is checked by. */
export interface PlainGait {
  readonly state: readonly number[];
  readonly covariance: Matrix;
}

export type Matrix = readonly (readonly number[])[];

const at = (m: Matrix, row: number, column: number): number => m[row]?.[column] ?? 0;
const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => (b[0] ?? []).map((_, c) => row.reduce((sum, value, k) => sum + value * at(b, k, c), 0)));
const plus = (a: Matrix, b: Matrix, factor = 1): Matrix =>
  a.map((row, r) => row.map((value, c) => value + factor * at(b, r, c)));
const flipped = (m: Matrix): Matrix => (m[0] ?? []).map((_, c) => m.map((row) => row[c] ?? 0));

/** The gait that stands first in an array. */
export function plainOf(gait: ArrayLike<number>): PlainGait {
  const part = (name: keyof typeof gaitPart): number => gait[gaitPart[name]] ?? 0;
  const [xx, xy, xvx, xvy] = [part('xx'), part('xy'), part('xvx'), part('xvy')];
  const [yy, yvx, yvy] = [part('yy'), part('yvx'), part('yvy')];
  const [vxvx, vxvy, vyvy] = [part('vxvx'), part('vxvy'), part('vyvy')];
  return {
    state: [part('x'), part('y'), part('vx'), part('vy')],
    covariance: [
      [xx, xy, xvx, xvy],
      [xy, yy, yvx, yvy],
      [xvx, yvx, vxvx, vxvy],
      [xvy, yvy, vxvy, vyvy],
    ],
  };
}

/** A gait in an array of its own; the covariance is the product of `root` and itself turned over, so that it is one. */
export function gaitFrom(weight: number, state: readonly number[], root: Matrix): Float64Array {
  const covariance = times(root, flipped(root));
  const upper = covariance.flatMap((row, r) => row.slice(r));
  return Float64Array.from({ length: gaitSize }, (_, i) => [weight, ...state, ...upper][i] ?? 0);
}

export function slowPredict({ state, covariance }: PlainGait, dtS: number, speedMps: number, courseS: number) {
  const fade = Math.exp(-dtS / courseS);
  const reach = courseS * (1 - fade);
  const sq = speedMps ** 2;
  const noiseX = sq * courseS * (2 * dtS - courseS * (3 - 4 * fade + fade ** 2));
  const noiseC = sq * courseS * (1 - fade) ** 2;
  const noiseV = sq * (1 - fade ** 2);
  const f: Matrix = [
    [1, 0, reach, 0],
    [0, 1, 0, reach],
    [0, 0, fade, 0],
    [0, 0, 0, fade],
  ];
  const noise: Matrix = [
    [noiseX, 0, noiseC, 0],
    [0, noiseX, 0, noiseC],
    [noiseC, 0, noiseV, 0],
    [0, noiseC, 0, noiseV],
  ];
  return {
    state: times(
      f,
      state.map((value) => [value]),
    ).flat(),
    covariance: plus(times(times(f, covariance), flipped(f)), noise),
  };
}

/** A place inside the gate: a plain Kalman correction. */
export function slowCorrect({ state, covariance }: PlainGait, measured: Measured): PlainGait {
  const h: Matrix = [
    [1, 0, -measured.lagS, 0],
    [0, 1, 0, -measured.lagS],
  ];
  const spread = plus(times(times(h, covariance), flipped(h)), [
    [measured.xx, measured.xy],
    [measured.xy, measured.yy],
  ]);
  const det = at(spread, 0, 0) * at(spread, 1, 1) - at(spread, 0, 1) ** 2;
  const inverse: Matrix = [
    [at(spread, 1, 1) / det, -at(spread, 0, 1) / det],
    [-at(spread, 0, 1) / det, at(spread, 0, 0) / det],
  ];
  const gain = times(times(covariance, flipped(h)), inverse);
  const expected = times(
    h,
    state.map((value) => [value]),
  ).flat();
  const innovation = [[measured.x - (expected[0] ?? 0)], [measured.y - (expected[1] ?? 0)]];
  const shift = times(gain, innovation).flat();
  return {
    state: state.map((value, i) => value + (shift[i] ?? 0)),
    covariance: plus(covariance, times(times(gain, h), covariance), -1),
  };
}

/** Moment match of gaits by their weights. */
export function slowMix(gaits: readonly { readonly weight: number; readonly gait: PlainGait }[]): PlainGait {
  const sum = gaits.reduce((total, { weight }) => total + weight, 0);
  const state = [0, 1, 2, 3].map((i) =>
    gaits.reduce((total, { weight, gait }) => total + (weight / sum) * (gait.state[i] ?? 0), 0),
  );
  const zero: Matrix = [0, 1, 2, 3].map(() => [0, 0, 0, 0]);
  const covariance = gaits.reduce((total, { weight, gait }) => {
    const off = gait.state.map((value, i) => [value - (state[i] ?? 0)]);
    return plus(total, plus(gait.covariance, times(off, flipped(off))), weight / sum);
  }, zero);
  return { state, covariance };
}

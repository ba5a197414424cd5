import type { Rules } from '../rules';
import { type Belief, correct, type Measured, predict } from './kalman';

/** One way a tag may be moving, and how likely it is to be moving so. */
export interface Gait extends Belief {
  readonly weight: number;
}

/** What the filter remembers: the tag at rest, pushed about and walking, side by side, as `rules.gaits` lists them. */
export interface Motion {
  /** Epoch ms. */
  readonly at: number;
  readonly gaits: readonly Gait[];
}

/** Starts to follow from a first place: any gait is as likely as another. */
export function startMotion(at: number, { x, y, xx, xy, yy }: Measured, { gaits }: Rules): Motion {
  return {
    at,
    gaits: gaits.map(({ speedMps }) => {
      const v = speedMps ** 2;
      const covariance = [xx, xy, 0, 0, xy, yy, 0, 0, 0, 0, v, 0, 0, 0, 0, v];
      return { weight: 1 / gaits.length, state: [x, y, 0, 0], covariance };
    }),
  };
}

/**
 * Carries every gait to `at`. Each first takes over its share of the others (tags set off and stop), as the interacting
 * multiple model filter does: Blom and Bar-Shalom, IEEE Trans. Automatic Control 33(8), 1988.
 */
export function predictMotion(motion: Motion, at: number, rules: Rules): Motion {
  const dtS = Math.max(0, at - motion.at) / 1000;
  const count = motion.gaits.length;
  const changed = (1 - Math.exp(-rules.gaitChangesPerS * dtS)) / count;
  const gaits = motion.gaits.map((own, i): Gait => {
    const mixed = mix(
      motion.gaits,
      motion.gaits.map(({ weight }, j) => weight * (i === j ? 1 - changed * (count - 1) : changed)),
    );
    const { speedMps = 0, courseS = 1 } = rules.gaits[i] ?? {};
    return { weight: mixed.weight, ...predict(mixed, dtS, speedMps, courseS) };
  });
  return { at, gaits };
}

/** No gait is ever ruled out. */
const leastWeight = 0.01;

/** Corrects every gait by a measured place; those that expected it better gain weight. */
export function correctMotion({ at, gaits }: Motion, measured: Measured, rules: Rules): Motion {
  const corrected = gaits.map((gait) => correct(gait, measured, rules.gateSigmas));
  const best = Math.max(...corrected.map(({ logLikelihood }) => logLikelihood));
  const weights = corrected.map(({ logLikelihood }, i) => (gaits[i]?.weight ?? 0) * Math.exp(logLikelihood - best));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return {
    at,
    gaits: corrected.map(({ belief }, i) => ({ weight: Math.max(leastWeight, (weights[i] ?? 0) / sum), ...belief })),
  };
}

/** Mean and covariance of all gaits together. */
export const meanMotion = ({ gaits }: Motion): Belief =>
  mix(
    gaits,
    gaits.map(({ weight }) => weight),
  );

/** Speed a tag may have, by its gaits, m/s. */
export const likelySpeed = ({ gaits }: Motion, rules: Rules): number =>
  gaits.reduce((sum, { weight }, i) => sum + weight * (rules.gaits[i]?.speedMps ?? 0), 0);

/** Whether rest, the first gait, is likelier than all others together. */
export const isCalm = ({ gaits }: Motion): boolean => (gaits[0]?.weight ?? 0) > 0.5;

/** Moment match of beliefs with given weights; the weight of the result is their sum. */
function mix(beliefs: readonly Belief[], weights: readonly number[]): Gait {
  const weight = weights.reduce((sum, own) => sum + own, 0);
  const state = [0, 0, 0, 0];
  beliefs.forEach((own, k) => {
    const share = (weights[k] ?? 0) / weight;
    for (let i = 0; i < 4; i++) state[i] = (state[i] ?? 0) + share * (own.state[i] ?? 0);
  });
  const covariance = Array.from({ length: 16 }, () => 0);
  beliefs.forEach((own, k) => {
    const share = (weights[k] ?? 0) / weight;
    for (let i = 0; i < 16; i++) {
      const row = (own.state[i >> 2] ?? 0) - (state[i >> 2] ?? 0);
      const column = (own.state[i & 3] ?? 0) - (state[i & 3] ?? 0);
      covariance[i] = (covariance[i] ?? 0) + share * ((own.covariance[i] ?? 0) + row * column);
    }
  });
  return { weight, state, covariance };
}

/** The motion in so few digits that a track stays small: hundredths of millimetres. */
export function roundMotion({ at, gaits }: Motion): Motion {
  return {
    at,
    gaits: gaits.map(({ weight, state, covariance }) => ({
      weight: round(weight),
      state: state.map(round),
      covariance: covariance.map(round),
    })),
  };
}

const round = (value: number): number => Math.round(value * 1e5) / 1e5;

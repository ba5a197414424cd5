import type { Rules } from '../rules';
import { type Belief, correct, type Measured, predict } from './kalman';

/** One way a tag may be moving, and how likely it is to be moving so. */
export interface Gait extends Belief {
  readonly weight: number;
}

/** What the filter remembers: the tag at rest and the tag walking, side by side. */
export interface Motion {
  /** Epoch ms. */
  readonly at: number;
  readonly rest: Gait;
  readonly walk: Gait;
}

/** Starts to follow from a first place. */
export function startMotion(at: number, measured: Measured, rules: Rules): Motion {
  const { x, y, xx, xy, yy } = measured;
  const gait = (weight: number, speedMps: number): Gait => {
    const v = speedMps ** 2;
    return { weight, state: [x, y, 0, 0], covariance: [xx, xy, 0, 0, xy, yy, 0, 0, 0, 0, v, 0, 0, 0, 0, v] };
  };
  return { at, rest: gait(0.5, rules.restSpeedMps), walk: gait(0.5, rules.walkSpeedMps) };
}

/**
 * Carries both gaits to `at`. Each first takes over its share of the other (tags set off and stop), as the interacting
 * multiple model filter does: Blom and Bar-Shalom, IEEE Trans. Automatic Control 33(8), 1988.
 */
export function predictMotion({ at: from, rest, walk }: Motion, at: number, rules: Rules): Motion {
  const dtS = Math.max(0, at - from) / 1000;
  const settled = rules.stopPerS + rules.startPerS;
  const changed = 1 - Math.exp(-settled * dtS);
  const stops = walk.weight * changed * (rules.stopPerS / settled);
  const starts = rest.weight * changed * (rules.startPerS / settled);
  const courseS = rules.courseMs / 1000;
  const resting = mix(rest, rest.weight - starts, walk, stops);
  const walking = mix(walk, walk.weight - stops, rest, starts);
  return {
    at,
    rest: { weight: resting.weight, ...predict(resting, dtS, rules.restSpeedMps, courseS) },
    walk: { weight: walking.weight, ...predict(walking, dtS, rules.walkSpeedMps, courseS) },
  };
}

/** Corrects both gaits by a measured place; the one that expected it better gains weight. */
export function correctMotion({ at, rest, walk }: Motion, measured: Measured, rules: Rules): Motion {
  const resting = correct(rest, measured, rules.gateSigmas);
  const walking = correct(walk, measured, rules.gateSigmas);
  const odds = Math.exp(walking.logLikelihood - resting.logLikelihood);
  const weight = Math.min(0.99, Math.max(0.01, (walk.weight * odds) / (walk.weight * odds + rest.weight)));
  return { at, rest: { weight: 1 - weight, ...resting.belief }, walk: { weight, ...walking.belief } };
}

/** The motion in so few digits that a track stays small: hundredths of millimetres. */
export function roundMotion({ at, rest, walk }: Motion): Motion {
  const gait = ({ weight, state, covariance }: Gait): Gait => ({
    weight: round(weight),
    state: state.map(round),
    covariance: covariance.map(round),
  });
  return { at, rest: gait(rest), walk: gait(walk) };
}

const round = (value: number): number => Math.round(value * 1e5) / 1e5;

/** Mean and covariance of both gaits together. */
export const meanMotion = ({ rest, walk }: Motion): Belief => mix(rest, rest.weight, walk, walk.weight);

/** Moment match of two beliefs with given weights. */
function mix(a: Belief, weightA: number, b: Belief, weightB: number): Gait {
  const weight = weightA + weightB;
  const share = weightB / weight;
  const state = a.state.map((value, i) => value + share * ((b.state[i] ?? 0) - value));
  const covariance = a.covariance.map((value, i) => {
    const r = i >> 2;
    const c = i & 3;
    const apart = ((b.state[r] ?? 0) - (a.state[r] ?? 0)) * ((b.state[c] ?? 0) - (a.state[c] ?? 0));
    return value + share * ((b.covariance[i] ?? 0) - value) + share * (1 - share) * apart;
  });
  return { weight, state, covariance };
}

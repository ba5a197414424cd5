import { type State, states, type Weights } from './rules';

/** One number for each of `states`, in their order. */
export type Odds = readonly [number, number, number, number];

export const noOdds: Odds = [0, 0, 0, 0];

const at = (weights: Weights, state: State, share: number): number => (weights[state] ?? 0) * share;

/** The weights as odds, `share` of them. */
export const oddsOf = (weights: Weights, share = 1): Odds => [
  at(weights, 'free', share),
  at(weights, 'in-use', share),
  at(weights, 'needs-cleaning', share),
  at(weights, 'out-of-service', share),
];

export const sum = (a: Odds, b: Odds): Odds => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]];

/** Probabilities from log-odds. */
export function probabilitiesOf(odds: Odds): Odds {
  const most = Math.max(...odds);
  const [a, b, c, d] = [
    Math.exp(odds[0] - most),
    Math.exp(odds[1] - most),
    Math.exp(odds[2] - most),
    Math.exp(odds[3] - most),
  ];
  const all = a + b + c + d;
  return [a / all, b / all, c / all, d / all];
}

/** How far odds speak for a state: above the mean of the others. */
export function weightFor(odds: Odds, state: State): number {
  const own = odds[states.indexOf(state)] ?? 0;
  const others = odds[0] + odds[1] + odds[2] + odds[3] - own;
  return own - others / 3;
}

/** The state the numbers are greatest for; null when they are all the same. */
export function greatest(odds: Odds): State | null {
  let best = 0;
  for (let i = 1; i < states.length; i++) if ((odds[i] ?? 0) > (odds[best] ?? 0)) best = i;
  const isFlat = odds.every((value) => value === odds[0]);
  return isFlat ? null : (states[best] ?? null);
}

/** The state weights speak for most; null when they speak for none. */
export function mostOf(weights: Weights): State | null {
  let best: State | null = null;
  for (const state of states) {
    const weight = weights[state] ?? 0;
    if (weight > (best === null ? 0 : (weights[best] ?? 0))) best = state;
  }
  return best;
}

/** What is left of 1 after a time. */
export const left = (ageMs: number, halfLifeMs: number): number => 2 ** (-Math.max(0, ageMs) / halfLifeMs);

import { mostGateways, type Signals } from '../../radio/signals';
import type { Rules } from '../../rules';
import { levelCell, mostSide, sizeOf, type Window } from './belief';
import type { FloorGrid } from './floor-grid';
import type { ExpectedSignals } from './expected-signals';

export interface Evidence {
  readonly signals: Signals;
  readonly expected: ExpectedSignals;
  readonly grid: FloorGrid;
  readonly rules: Rules;
  /** Power the likelihood is raised to: what of it is new. */
  readonly exponent: number;
}

const residuals = new Float64Array(mostGateways);
const variances = new Float64Array(mostGateways);
const logs = new Float64Array(mostSide * mostSide);

/**
 * Multiplies a window by the likelihood of what was heard, and scales its weights to a sum of 1. Cells too light to
 * matter are emptied. Returns the log of the evidence: the likelihood's mean over the window.
 */
export function weigh(window: Window, evidence: Evidence): number {
  const { rest, walk } = window;
  const size = sizeOf(window);
  const least = heaviest(window) * lightest;
  let best = -Infinity;
  let before = 0;
  for (let cell = 0; cell < size; cell++) {
    const own = (rest[cell] ?? 0) + (walk[cell] ?? 0);
    before += own;
    if (own <= least) {
      logs[cell] = -Infinity;
      continue;
    }
    const log = evidence.exponent * logLikelihood(levelCell(window, evidence.grid, cell), evidence);
    logs[cell] = log;
    best = Math.max(best, log);
  }
  let sum = 0;
  for (let cell = 0; cell < size; cell++) {
    const log = (logs[cell] ?? 0) - best;
    const likelihood = log < -30 ? 0 : Math.exp(log);
    rest[cell] = (rest[cell] ?? 0) * likelihood;
    walk[cell] = (walk[cell] ?? 0) * likelihood;
    sum += (rest[cell] ?? 0) + (walk[cell] ?? 0);
  }
  for (let cell = 0; cell < size; cell++) {
    rest[cell] = (rest[cell] ?? 0) / sum;
    walk[cell] = (walk[cell] ?? 0) / sum;
  }
  return best + Math.log(sum / before);
}

const lightest = 1e-3;

export function heaviest(window: Window): number {
  let most = 0;
  for (let cell = 0; cell < sizeOf(window); cell++) {
    most = Math.max(most, (window.rest[cell] ?? 0) + (window.walk[cell] ?? 0));
  }
  return most;
}

/**
 * Log likelihood of a round of signals in one cell: Student t in dB, wider on the weak side, with the tag's own strength
 * (common to all gateways, held near 0 by a prior) at its best there.
 */
export function logLikelihood(cell: number, { signals, expected, rules }: Evidence): number {
  const nu = rules.tailDegrees;
  const perStrength = 1 / expected.strengthVariance;
  let weights = perStrength;
  let pull = 0;
  for (let i = 0; i < signals.count; i++) {
    const map = expected.gateways[signals.gateway[i] ?? 0];
    const residual = (signals.rssi[i] ?? 0) - (map?.mean[cell] ?? 0);
    const variance = (map?.variance[cell] ?? 1) + (signals.variance[i] ?? 0);
    const wide = residual < 0 ? variance * rules.obstructionFactor : variance;
    const weight = (nu + 1) / (nu * wide + residual * residual);
    residuals[i] = residual;
    variances[i] = variance;
    weights += weight;
    pull += weight * residual;
  }
  const strength = pull / weights;
  let misfit = 1;
  let spreads = 1;
  for (let i = 0; i < signals.count; i++) {
    const residual = (residuals[i] ?? 0) - strength;
    const variance = variances[i] ?? 1;
    misfit *= 1 + (residual * residual) / (nu * (residual < 0 ? variance * rules.obstructionFactor : variance));
    spreads *= variance;
  }
  return -0.5 * ((nu + 1) * Math.log(misfit) + Math.log(spreads) + strength * strength * perStrength);
}

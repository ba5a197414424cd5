import { mostGateways } from '../../radio/signals';
import { expDown } from '../../fast-math';
import type { Window } from './belief';
import { cells, gather, type Heard, misfits, mostSigmas, offs, placeVariance, pulls, score, told } from './likelihood';
import { likeliestPlace, luckAt } from './luck';
import { planeStrength, silenceAt, silencePlane } from './silence';

export interface Evidence extends Heard {
  /** Powers the likelihood is raised to for tags at rest and walking: what of it is new. */
  readonly rest: number;
  readonly walk: number;
  /** Log-odds of rest against walking that the signals alone tell. */
  readonly stillness: number;
}

/**
 * Multiplies a window by the likelihood of what was heard, and scales its weights to a sum of 1. Cells too light to
 * matter are emptied. Returns the log of the evidence: the likelihood's mean over the window.
 */
export function weigh(window: Window, evidence: Evidence): number {
  const count = gather(window, evidence.grid);
  const best = score(count, evidence);
  const log = update(window, count, best, evidence);
  const { earsEndDbm } = evidence.expected;
  if (earsEndDbm !== null) told.pull -= luckTaken * luckAt(likeliestPlace(window, count), evidence, earsEndDbm);
  return log;
}

/** What of its luck is taken off a tag's strength: with all of it resting tags, whose luck stays, are placed worse. */
const luckTaken = 0.3;

/**
 * Weighs both ways of moving by what is new to them. Which of the two is likelier is judged by one power, that of
 * walking, or the longer memory of rest would count against it.
 */
function update({ rest, walk }: Window, count: number, best: number, evidence: Evidence): number {
  const [listed, logs, strengths, misfitsOf] = [cells, misfits, pulls, offs];
  const power = expDown;
  const { rest: atRest, walk: onFoot } = evidence;
  const stayed = Math.exp(evidence.stillness);
  let [still, going, stillBefore, goingBefore, shaped] = [0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const cell = listed[i] ?? 0;
    const depth = best - (logs[i] ?? 0);
    const likelihood = power(onFoot * depth);
    const resting = rest[cell] ?? 0;
    const walking = walk[cell] ?? 0;
    const [stays, goes] = [resting * power(atRest * depth), walking * likelihood];
    stillBefore += resting;
    goingBefore += walking;
    still += resting * likelihood * stayed;
    going += goes;
    shaped += stays;
    rest[cell] = stays;
    walk[cell] = goes;
  }
  const sum = still + going;
  let [first, second, off] = [0, 0, 0];
  const restScale = shaped === 0 ? 0 : still / shaped / sum;
  for (let i = 0; i < count; i++) {
    const cell = listed[i] ?? 0;
    const resting = (rest[cell] ?? 0) * restScale;
    const walking = (walk[cell] ?? 0) / sum;
    rest[cell] = resting;
    walk[cell] = walking;
    const pull = strengths[i] ?? 0;
    first += (resting + walking) * pull;
    second += (resting + walking) * pull * pull;
    off += (resting + walking) * (misfitsOf[i] ?? 0);
  }
  told.pull = first;
  told.misfit = off / Math.max(1, evidence.signals.count);
  told.spread = Math.max(0, second - first * first);
  return onFoot * best + Math.log(sum / (stillBefore + goingBefore));
}

const residuals = new Float64Array(mostGateways);

/** Log likelihood of a round of signals in one cell of the level, worked out plainly: Student t in dB, wider on the weak
 * side, with the tag's own strength at its best there. */
export function logLikelihood(cell: number, { signals, expected, rules, strength: known }: Evidence): number {
  const nu = rules.tailDegrees;
  const perStrength = 1 / known.variance;
  let [sum, pull] = [perStrength, known.mean * perStrength];
  for (let g = 0; g < signals.count; g++) {
    const map = expected.gateways[signals.gateway[g] ?? 0];
    const residual = (signals.rssi[g] ?? 0) - (map?.mean[cell] ?? 0);
    const weight = 1 / (placeVariance(map?.typicalVariance ?? 1, signals.excess) + (signals.variance[g] ?? 0));
    const most = mostSigmas / Math.sqrt(weight);
    residuals[g] = residual;
    sum += weight;
    pull += weight * Math.max(-most, Math.min(most, residual));
  }
  const strength = pull / sum;
  let log = (strength - known.mean) ** 2 * perStrength;
  for (let g = 0; g < signals.count; g++) {
    const map = expected.gateways[signals.gateway[g] ?? 0];
    const spread = placeVariance(map?.variance[cell] ?? 1, signals.excess) + (signals.variance[g] ?? 0);
    const residual = (residuals[g] ?? 0) - strength;
    const wide = residual < 0 ? spread * rules.obstructionFactor : spread;
    log += (nu + 1) * Math.log(1 + (residual * residual) / (nu * wide)) + Math.log(spread);
  }
  return logOfSilence(cell, strength, { signals, expected, rules }) - 0.5 * log;
}

function logOfSilence(
  cell: number,
  strength: number,
  { signals, expected, rules }: Pick<Evidence, 'signals' | 'expected' | 'rules'>,
): number {
  const plane = silencePlane(strength);
  let sum = expected.allSilent[plane]?.[cell] ?? 0;
  for (let g = 0; g < signals.present; g++) {
    const mean = expected.gateways[signals.heardBy[g] ?? 0]?.mean;
    if (mean !== undefined) sum -= silenceAt(expected.silence, (mean[cell] ?? 0) + planeStrength(plane));
  }
  return rules.grid.silenceShare * Math.min(0, sum);
}

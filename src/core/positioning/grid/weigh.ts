import { expDown } from '../../fast-math';
import { type Heard, misfits, offs, pulls, score, told } from './likelihood';
import { cells } from './listed-cells';
import { likeliestPlace, luckAt } from './luck';
import type { Window } from './window';

export interface Evidence extends Heard {
  /** Powers the likelihood is raised to for tags at rest and walking: what of it is new. */
  rest: number;
  walk: number;
  /** Log-odds of rest against walking that the signals alone tell. */
  stillness: number;
}

/**
 * Multiplies the listed cells of a window by the likelihood of what was heard, and scales their weights to a sum of 1.
 * Returns the log of the evidence: the likelihood's mean over the window.
 */
export function weigh(window: Window, count: number, evidence: Evidence): number {
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
  const listed = cells;
  const logs = misfits;
  const strengths = pulls;
  const misfitsOf = offs;
  const power = expDown;
  const { rest: atRest, walk: onFoot } = evidence;
  const stayed = Math.exp(evidence.stillness);
  let still = 0;
  let going = 0;
  let stillBefore = 0;
  let goingBefore = 0;
  let shaped = 0;
  for (let i = 0; i < count; i++) {
    const cell = listed[i] ?? 0;
    const depth = best - (logs[i] ?? 0);
    const likelihood = power(onFoot * depth);
    const resting = rest[cell] ?? 0;
    const walking = walk[cell] ?? 0;
    const stays = resting * power(atRest * depth);
    const goes = walking * likelihood;
    stillBefore += resting;
    goingBefore += walking;
    still += resting * likelihood * stayed;
    going += goes;
    shaped += stays;
    rest[cell] = stays;
    walk[cell] = goes;
  }
  const sum = still + going;
  let first = 0;
  let second = 0;
  let off = 0;
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
  told.walking = going / sum;
  told.pull = first;
  told.misfit = off / Math.max(1, evidence.signals.count);
  told.spread = Math.max(0, second - first * first);
  return onFoot * best + Math.log(sum / (stillBefore + goingBefore));
}

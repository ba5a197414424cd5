import { mostGateways } from '../../radio/signals';
import type { Rules } from '../../rules';
import { mostCells, type Window } from './belief';
import type { FloorGrid } from './floor-grid';
import type { ExpectedSignals } from './expected-signals';
import type { News } from './news';
import { expDown, quickLog } from './fast-math';
import { planeStrength, silenceAt, silencePlane } from './silence';
import type { Strength, Told } from './strength';

export interface Evidence {
  readonly signals: News;
  readonly expected: ExpectedSignals;
  readonly grid: FloorGrid;
  readonly rules: Rules;
  /** Powers the likelihood is raised to for tags at rest and walking: what of it is new. */
  readonly rest: number;
  readonly walk: number;
  /** Log-odds of rest against walking that the signals alone tell. */
  readonly stillness: number;
  /** What is expected of the tag's own strength in any one place. */
  readonly strength: Strength;
}

/** What the last weighing told of the tag's strength. */
export const told: Told = { pull: 0, spread: 0, knowledge: 0 };

/** The cells that count, by their place in the window and on the level. */
const cells = new Int32Array(mostCells);
const places = new Int32Array(mostCells);
const pulls = new Float64Array(mostCells);
const misfits = new Float64Array(mostCells);
const strengths = new Float64Array(mostCells);
const silences = new Float64Array(mostCells);
const spreads = new Float64Array(mostCells);

/**
 * Multiplies a window by the likelihood of what was heard, and scales its weights to a sum of 1. Cells too light to
 * matter are emptied. Returns the log of the evidence: the likelihood's mean over the window.
 */
export function weigh(window: Window, evidence: Evidence): number {
  const count = gather(window, evidence.grid);
  weighStrength(count, evidence);
  weighSilence(count, evidence);
  const best = weighMisfit(count, evidence);
  return update(window, count, best, evidence);
}

const lightest = 5e-4;

/** Lists the cells worth weighing and empties the others. */
function gather({ column, row, width, height, rest, walk }: Window, grid: FloorGrid): number {
  let most = 0;
  for (let cell = 0; cell < width * height; cell++) most = Math.max(most, (rest[cell] ?? 0) + (walk[cell] ?? 0));
  const least = most * lightest;
  let count = 0;
  for (let y = 0; y < height; y++) {
    const shift = (row + y) * grid.columns + column - y * width;
    for (let cell = y * width; cell < (y + 1) * width; cell++) {
      if ((rest[cell] ?? 0) + (walk[cell] ?? 0) > least) {
        cells[count] = cell;
        places[count++] = cell + shift;
      } else {
        rest[cell] = 0;
        walk[cell] = 0;
      }
    }
  }
  return count;
}

/** The tag's strength at its best in each cell: common to all gateways, held by its prior. */
function weighStrength(count: number, { signals, expected, strength }: Evidence): void {
  let sum = 1 / strength.variance;
  pulls.fill(strength.mean * sum, 0, count);
  for (let g = 0; g < signals.count; g++) {
    const map = expected.gateways[signals.gateway[g] ?? 0];
    if (map === undefined) continue;
    const { mean } = map;
    const rssi = signals.rssi[g] ?? 0;
    const news = signals.variance[g] ?? 0;
    const weight = 1 / (placeVariance(map.typicalVariance, signals.excess) + news);
    const most = mostSigmas / Math.sqrt(weight);
    for (let i = 0; i < count; i++) {
      const residual = rssi - (mean[places[i] ?? 0] ?? 0);
      pulls[i] = (pulls[i] ?? 0) + (residual > most ? most : residual < -most ? -most : residual) * weight;
    }
    sum += weight;
  }
  const perWeight = 1 / sum;
  told.knowledge = sum;
  for (let i = 0; i < count; i++) pulls[i] = (pulls[i] ?? 0) * perWeight;
}

/** Signals further off than this say no more of the tag's strength (Huber). */
const mostSigmas = 2.5;

/** What of a map's variance belongs to the place, once fading is known from the tag's own sightings. */
const placeVariance = (variance: number, excess: number): number => Math.max(leastPlaceVariance, variance + excess);
const leastPlaceVariance = 4;

/** What the gateways that heard nothing say: the silence of all, less that of those which heard something lately. */
function weighSilence(count: number, { signals, expected, rules }: Evidence): void {
  const { silence, allSilent } = expected;
  for (let i = 0; i < count; i++) {
    const plane = silencePlane(pulls[i] ?? 0);
    strengths[i] = planeStrength(plane);
    silences[i] = allSilent[plane]?.[places[i] ?? 0] ?? 0;
  }
  for (let g = 0; g < signals.present; g++) {
    const mean = expected.gateways[signals.heardBy[g] ?? 0]?.mean;
    if (mean === undefined) continue;
    for (let i = 0; i < count; i++) {
      silences[i] = (silences[i] ?? 0) - silenceAt(silence, (mean[places[i] ?? 0] ?? 0) + (strengths[i] ?? 0));
    }
  }
  const share = rules.grid.silenceShare;
  for (let i = 0; i < count; i++) silences[i] = share * Math.min(0, silences[i] ?? 0);
}

/** Log likelihoods into `misfits`; returns the best. */
function weighMisfit(
  count: number,
  { signals, expected, rules, strength: { mean: usual, variance: free } }: Evidence,
): number {
  const nu = rules.tailDegrees;
  for (let i = 0; i < count; i++) {
    misfits[i] = 1;
    spreads[i] = 1;
  }
  const perWide = 1 / rules.obstructionFactor;
  for (let g = 0; g < signals.count; g++) {
    const map = expected.gateways[signals.gateway[g] ?? 0];
    if (map === undefined) continue;
    const { mean, variance } = map;
    const rssi = signals.rssi[g] ?? 0;
    const news = signals.variance[g] ?? 0;
    for (let i = 0; i < count; i++) {
      const place = places[i] ?? 0;
      const residual = rssi - (mean[place] ?? 0) - (pulls[i] ?? 0);
      const spread = placeVariance(variance[place] ?? 1, signals.excess) + news;
      const square = (residual < 0 ? perWide : 1) * residual * residual;
      misfits[i] = (misfits[i] ?? 1) * (1 + square / (nu * spread));
      spreads[i] = (spreads[i] ?? 1) * spread;
    }
  }
  const perStrength = 1 / free;
  let best = -Infinity;
  for (let i = 0; i < count; i++) {
    const strength = (pulls[i] ?? 0) - usual;
    const misfit = (nu + 1) * quickLog(misfits[i] ?? 1) + quickLog(spreads[i] ?? 1);
    const log = (silences[i] ?? 0) - 0.5 * (misfit + strength * strength * perStrength);
    misfits[i] = log;
    if (log > best) best = log;
  }
  return best;
}

/**
 * Weighs both ways of moving by what is new to them. Which of the two is likelier is judged by one power, that of
 * walking, or the longer memory of rest would count against it.
 */
function update({ rest, walk }: Window, count: number, best: number, evidence: Evidence): number {
  const { rest: atRest, walk: onFoot } = evidence;
  const stayed = Math.exp(evidence.stillness);
  let [still, going, stillBefore, goingBefore, shaped] = [0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const cell = cells[i] ?? 0;
    const depth = best - (misfits[i] ?? 0);
    const likelihood = expDown(onFoot * depth);
    const resting = rest[cell] ?? 0;
    const walking = walk[cell] ?? 0;
    stillBefore += resting;
    goingBefore += walking;
    still += resting * likelihood * stayed;
    going += walking * likelihood;
    walk[cell] = walking * likelihood;
    rest[cell] = resting * expDown(atRest * depth);
    shaped += rest[cell] ?? 0;
  }
  const sum = still + going;
  let [first, second] = [0, 0];
  const restScale = shaped === 0 ? 0 : still / shaped / sum;
  for (let i = 0; i < count; i++) {
    const cell = cells[i] ?? 0;
    const resting = (rest[cell] ?? 0) * restScale;
    const walking = (walk[cell] ?? 0) / sum;
    rest[cell] = resting;
    walk[cell] = walking;
    const pull = pulls[i] ?? 0;
    first += (resting + walking) * pull;
    second += (resting + walking) * pull * pull;
  }
  told.pull = first;
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

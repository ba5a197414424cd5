import type { Rules } from '../../rules';
import { mostCells, type Window } from './belief';
import type { ExpectedSignals } from './expected-signals';
import { quickLog } from '../../fast-math';
import { closed, type FloorGrid } from './floor-grid';
import type { News } from './news';
import { planeStrength, silenceAt, silencePlane } from './silence';
import type { Strength, Told } from './strength';

/** What was heard of a tag, and what is expected in each place. */
export interface Heard {
  readonly signals: News;
  readonly expected: ExpectedSignals;
  readonly grid: FloorGrid;
  readonly rules: Rules;
  /** What is expected of the tag's own strength in any one place. */
  readonly strength: Strength;
}

/** What the last weighing told of the tag's strength. */
export const told: Told = { pull: 0, spread: 0, knowledge: 0, misfit: 0 };

/** The cells that count, by their place in the window and on the level. */
export const cells = new Int32Array(mostCells);
export const places = new Int32Array(mostCells);
export const pulls = new Float64Array(mostCells);
export const misfits = new Float64Array(mostCells);
/** The part of each cell's misfit that is the gateways'. */
export const offs = new Float64Array(mostCells);
const strengths = new Float64Array(mostCells);
const silences = new Float64Array(mostCells);
const spreads = new Float64Array(mostCells);

const lightest = 5e-4;

/** Lists the cells worth weighing and empties the others. */
export function gather({ column, row, width, height, rest, walk }: Window, grid: FloorGrid): number {
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

/** Lists every cell one can stand on. */
export function gatherOpen({ column, row, width, height }: Window, grid: FloorGrid): number {
  let count = 0;
  for (let y = 0; y < height; y++) {
    const shift = (row + y) * grid.columns + column - y * width;
    for (let cell = y * width; cell < (y + 1) * width; cell++) {
      if (grid.unit[cell + shift] === closed) continue;
      cells[count] = cell;
      places[count++] = cell + shift;
    }
  }
  return count;
}

/** Log likelihoods of the cells listed, into `misfits`; returns the best. */
export function score(count: number, heard: Heard): number {
  weighStrength(count, heard);
  weighSilence(count, heard);
  return weighMisfit(count, heard);
}

/** The tag's strength at its best in each cell: common to all gateways, held by its prior. */
function weighStrength(count: number, { signals, expected, strength }: Heard): void {
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
export const mostSigmas = 2.5;

/** What of a map's variance belongs to the place, once fading is known from the tag's own sightings. */
export const placeVariance = (variance: number, excess: number): number =>
  Math.max(leastPlaceVariance, variance + excess);
const leastPlaceVariance = 4;

/** What the gateways that heard nothing say: the silence of all, less that of those which heard something lately. */
function weighSilence(count: number, { signals, expected, rules }: Heard): void {
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
  { signals, expected, rules, strength: { mean: usual, variance: free } }: Heard,
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
    const off = (nu + 1) * quickLog(misfits[i] ?? 1);
    offs[i] = off;
    const log = (silences[i] ?? 0) - 0.5 * (off + quickLog(spreads[i] ?? 1) + strength * strength * perStrength);
    misfits[i] = log;
    if (log > best) best = log;
  }
  return best;
}

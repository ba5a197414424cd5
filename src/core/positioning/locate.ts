import { emptyLinks, type Links, linkSize, packLinks } from './links';
import { type LevelRadio, minSqDistance } from '../radio/path-loss';
import type { Signals } from '../radio/signals';
import { defaultRules, type Rules } from '../rules';
import type { Bounds } from '../site';
import { copySolution, descend, emptySolution, type Near, type Problem, type Solution } from './least-squares';
import { coarsely, finely, takeMoments } from './posterior-moments';

export interface Heard {
  readonly signals: Signals;
  readonly radio: LevelRadio;
  readonly bounds: Bounds;
  readonly near: Near | null;
  readonly rules: Rules;
}

export type { Near };

/** A way from signals to a place. Each answers the same question; the engine asks only `locate`. */
export type Method = (heard: Heard, out: Solution) => void;

const methods = { 'least-squares': leastSquares } satisfies Record<string, Method>;
export type PlacingName = keyof typeof methods;

/**
 * Where a tag is on one level, with its error. One gateway gives its own place and a ring's error; two give the line
 * between them; places the signals cannot tell apart are averaged, and their distance is in the error.
 */
export function locate(method: PlacingName, heard: Heard, out: Solution): void {
  methods[method](heard, out);
}

/** How far, at most, a tag is taken to be from the gateways that hear it when nothing else is known, m². */
const reachVariance = 12 ** 2;
const farthestStart = 15;
const links = emptyLinks();
const mostStarts = 6;
const startX = new Float64Array(mostStarts);
const startY = new Float64Array(mostStarts);
const minima: Solution[] = Array.from({ length: mostStarts }, emptySolution);

const problem: Problem = {
  links,
  strengthVariance: 1,
  bounds: { minX: 0, minY: 0, maxX: 0, maxY: 0 },
  rules: defaultRules,
  priorX: 0,
  priorY: 0,
  perPrior: 1 / reachVariance,
};

function leastSquares({ signals, radio, near, bounds, rules }: Heard, out: Solution): void {
  packLinks(signals, radio, rules, links);
  takeMiddle(links);
  problem.strengthVariance = radio.strengthVariance;
  problem.bounds = bounds;
  problem.rules = rules;
  const priorCost = takePrior(near);
  const found = near === null ? descendAll(placeStarts(null), 0) : descendFrom(near);
  average(found, out);
  takeMoments(problem, found === 1 && near !== null ? coarsely : finely, out);
  out.cost += priorCost;
}

/**
 * Near the middle of the gateways, and near where the tag was: the product of two normals is one, and what it is less
 * than one of them at its peak is the same everywhere: returned, as a cost.
 */
function takePrior(near: Near | null): number {
  const perReach = 1 / reachVariance;
  const perNear = near === null ? 0 : 1 / near.variance;
  const { x, y } = near ?? spread;
  const both = perReach + perNear;
  problem.perPrior = both;
  problem.priorX = (spread.x * perReach + x * perNear) / both;
  problem.priorY = (spread.y * perReach + y * perNear) / both;
  return (0.5 * (perReach * perNear) * ((spread.x - x) ** 2 + (spread.y - y) ** 2)) / both;
}

/** Descends from where the tag was, and only where that explains badly what was heard, from other starts, too. */
function descendFrom(near: Near): number {
  const [first] = minima;
  if (first === undefined) return 0;
  descend(problem, near.x, near.y, first);
  return first.cost <= usualCost * links.count ? 1 : descendAll(placeStarts(near), 1);
}

/**
 * Half of (ν + 1) ln(1 + t²/ν), what one gateway costs at the truth, is about 0.66 in the mean for ν = 5: ½ (ν + 1)
 * (ψ((ν + 1)/2) − ψ(ν/2)).
 */
const usualCost = 0.7;

/** Descends from the starts from one on; how many minima there are then. */
function descendAll(starts: number, from: number): number {
  let found = from;
  for (let i = from; i < starts; i++) {
    const minimum = minima[found];
    if (minimum === undefined) break;
    descend(problem, startX[i] ?? 0, startY[i] ?? 0, minimum);
    if (!isKnown(minimum, found)) found++;
  }
  return found;
}

interface Spread {
  x: number;
  y: number;
  /** Unit vector across the line the gateways lie along, and how far across is worth looking, m. */
  acrossX: number;
  acrossY: number;
  reach: number;
}

const spread: Spread = { x: 0, y: 0, acrossX: 0, acrossY: 0, reach: 0 };

/** Middle of the gateways, each counting by the square of its expected nearness, and how far from them the tag may be. */
function takeMiddle({ count, numbers }: Links): void {
  let sum = 0;
  let middleX = 0;
  let middleY = 0;
  let reach = 0;
  for (let o = 0; o < count * linkSize; o += linkSize) {
    const sqDist = Math.max(Math.exp(-(numbers[o + 3] ?? 0) / (numbers[o + 4] ?? 1)), minSqDistance);
    const weight = 1 / sqDist;
    sum += weight;
    middleX += (numbers[o] ?? 0) * weight;
    middleY += (numbers[o + 1] ?? 0) * weight;
    reach += Math.sqrt(Math.max(sqDist - (numbers[o + 2] ?? 0), 0)) * weight;
  }
  spread.x = middleX / sum;
  spread.y = middleY / sum;
  spread.reach = Math.min(Math.max(reach / sum, 0.5), farthestStart);
}

/** The direction across the line the gateways lie along. */
function takeDirection({ count, numbers }: Links): void {
  let [xx, xy, yy] = [0, 0, 0];
  for (let o = 0; o < count * linkSize; o += linkSize) {
    const dx = (numbers[o] ?? 0) - spread.x;
    const dy = (numbers[o + 1] ?? 0) - spread.y;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const along = 0.5 * Math.atan2(2 * xy, xx - yy);
  spread.acrossX = -Math.sin(along);
  spread.acrossY = Math.cos(along);
}

/**
 * Starts. Gateways along a line cannot tell its two sides apart, so both are tried; fewer than three leave the way
 * along open too. Where the tag was is always worth a try, and with many gateways then enough beside their middle.
 */
function placeStarts(near: Near | null): number {
  const { x, y } = spread;
  const start = near ?? spread;
  startX[0] = start.x;
  startY[0] = start.y;
  if (near !== null && links.count >= enoughGateways) {
    startX[1] = x;
    startY[1] = y;
    return 2;
  }
  takeDirection(links);
  const acrossX = spread.acrossX * spread.reach;
  const acrossY = spread.acrossY * spread.reach;
  const around = links.count < 3 ? 4 : 2;
  for (let i = 0; i < around; i++) {
    const side = i % 2 === 0 ? 1 : -1;
    startX[i + 1] = x + side * (i < 2 ? acrossX : acrossY);
    startY[i + 1] = y + side * (i < 2 ? acrossY : -acrossX);
  }
  return around + 1;
}

const enoughGateways = 5;

function isKnown(minimum: Solution, found: number): boolean {
  for (let i = 0; i < found; i++) {
    const other = minima[i];
    if (other !== undefined && (other.x - minimum.x) ** 2 + (other.y - minimum.y) ** 2 < 0.04) return true;
  }
  return false;
}

/** Mean and covariance of the mixture of minima, each weighing by its posterior mass (Laplace). */
function average(found: number, out: Solution): void {
  const [only] = minima;
  if (found === 1 && only !== undefined) {
    copySolution(only, out);
    return;
  }
  let best = Infinity;
  for (let i = 0; i < found; i++) {
    const minimum = minima[i];
    if (minimum === undefined) continue;
    minimum.cost -= 0.5 * Math.log(Math.max(minimum.xx * minimum.yy - minimum.xy * minimum.xy, 1e-9));
    best = Math.min(best, minimum.cost);
  }
  let sum = 0;
  let x = 0;
  let y = 0;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = 0; i < found; i++) {
    const minimum = minima[i];
    if (minimum === undefined) continue;
    const weight = Math.exp(best - minimum.cost);
    if (minimum.cost === best) copySolution(minimum, out);
    sum += weight;
    x += weight * minimum.x;
    y += weight * minimum.y;
    xx += weight * (minimum.xx + minimum.x * minimum.x);
    xy += weight * (minimum.xy + minimum.x * minimum.y);
    yy += weight * (minimum.yy + minimum.y * minimum.y);
  }
  x /= sum;
  y /= sum;
  out.strength += (x - out.x) * out.strengthPerX + (y - out.y) * out.strengthPerY;
  out.x = x;
  out.y = y;
  out.xx = xx / sum - x * x;
  out.xy = xy / sum - x * y;
  out.yy = yy / sum - y * y;
}

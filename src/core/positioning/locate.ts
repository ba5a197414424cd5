import { emptyLinks, type Links, packLinks } from './links';
import { type LevelRadio, minSqDistance } from '../radio/path-loss';
import type { Signals } from '../radio/signals';
import { defaultRules, type Rules } from '../rules';
import type { Bounds } from '../site';
import { descend, type Near, type Problem, type Solution } from './least-squares';
import { takeMoments } from './posterior-moments';

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

export function emptySolution(): Solution {
  return { x: 0, y: 0, xx: 0, xy: 0, yy: 0, cost: 0 };
}

const problem: Problem = {
  links,
  strengthVariance: 1,
  bounds: { minX: 0, minY: 0, maxX: 0, maxY: 0 },
  rules: defaultRules,
  anchorX: 0,
  anchorY: 0,
  anchorVariance: reachVariance,
  near: null,
};

function leastSquares({ signals, radio, near, bounds, rules }: Heard, out: Solution): void {
  packLinks(signals, radio, links);
  takeMiddle(links);
  problem.strengthVariance = radio.strengthVariance;
  problem.bounds = bounds;
  problem.rules = rules;
  problem.anchorX = spread.x;
  problem.anchorY = spread.y;
  problem.near = near;
  const starts = placeStarts(near);
  let found = 0;
  for (let i = 0; i < starts; i++) {
    const minimum = minima[found];
    if (minimum === undefined) break;
    descend(problem, startX[i] ?? 0, startY[i] ?? 0, minimum);
    if (!isKnown(minimum, found)) found++;
  }
  average(found, near, out);
  takeMoments(problem, out);
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
function takeMiddle({ count, x, y, sqRise, excess, slope }: Links): void {
  let sum = 0;
  let middleX = 0;
  let middleY = 0;
  let reach = 0;
  for (let i = 0; i < count; i++) {
    const sqDist = Math.max(Math.exp((-2 * (excess[i] ?? 0)) / (slope[i] ?? 1)), minSqDistance);
    const weight = 1 / sqDist;
    sum += weight;
    middleX += (x[i] ?? 0) * weight;
    middleY += (y[i] ?? 0) * weight;
    reach += Math.sqrt(Math.max(sqDist - (sqRise[i] ?? 0), 0)) * weight;
  }
  spread.x = middleX / sum;
  spread.y = middleY / sum;
  spread.reach = Math.min(Math.max(reach / sum, 0.5), farthestStart);
}

/** The direction across the line the gateways lie along. */
function takeDirection({ count, x, y }: Links): void {
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const dx = (x[i] ?? 0) - spread.x;
    const dy = (y[i] ?? 0) - spread.y;
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

/** Mean and covariance of the mixture of minima, each weighing by its posterior mass (Laplace) and its nearness. */
function average(found: number, near: Near | null, out: Solution): void {
  let best = Infinity;
  for (let i = 0; i < found; i++) {
    const minimum = minima[i];
    if (minimum === undefined) continue;
    minimum.cost -= 0.5 * Math.log(Math.max(minimum.xx * minimum.yy - minimum.xy * minimum.xy, 1e-9));
    best = Math.min(best, minimum.cost + farCost(minimum, near));
  }
  let sum = 0;
  let x = 0;
  let y = 0;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  let cost = Infinity;
  for (let i = 0; i < found; i++) {
    const minimum = minima[i];
    if (minimum === undefined) continue;
    const weight = Math.exp(best - minimum.cost - farCost(minimum, near));
    sum += weight;
    x += weight * minimum.x;
    y += weight * minimum.y;
    xx += weight * (minimum.xx + minimum.x * minimum.x);
    xy += weight * (minimum.xy + minimum.x * minimum.y);
    yy += weight * (minimum.yy + minimum.y * minimum.y);
    cost = Math.min(cost, minimum.cost);
  }
  out.x = x / sum;
  out.y = y / sum;
  out.xx = xx / sum - out.x * out.x;
  out.xy = xy / sum - out.x * out.y;
  out.yy = yy / sum - out.y * out.y;
  out.cost = cost;
}

function farCost(minimum: Solution, near: Near | null): number {
  if (near === null) return 0;
  const variance = near.variance + 0.5 * (minimum.xx + minimum.yy);
  return (0.5 * ((minimum.x - near.x) ** 2 + (minimum.y - near.y) ** 2)) / variance;
}

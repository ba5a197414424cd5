import { minSqDistance } from '../radio/path-loss';
import { quickLog } from '../fast-math';
import type { Rules } from '../rules';
import type { Bounds } from '../site';
import { linkSize as numbersPerLink, type Links } from './links';

/** A place with its error, and how well it explains what was heard. */
export interface Solution {
  x: number;
  y: number;
  /** Covariance of x and y, m². */
  xx: number;
  xy: number;
  yy: number;
  /** Minus log of how well it fits, up to a constant shared by all levels. */
  cost: number;
  /** The tag's own strength, dB, and how it changes with x and y, dB/m. */
  strength: number;
  strengthPerX: number;
  strengthPerY: number;
}

export const emptySolution = (): Solution => ({
  ...{ x: 0, y: 0, xx: 0, xy: 0, yy: 0, cost: 0 },
  ...{ strength: 0, strengthPerX: 0, strengthPerY: 0 },
});

export function copySolution(from: Solution, to: Solution): void {
  to.x = from.x;
  to.y = from.y;
  to.xx = from.xx;
  to.xy = from.xy;
  to.yy = from.yy;
  to.cost = from.cost;
  to.strength = from.strength;
  to.strengthPerX = from.strengthPerX;
  to.strengthPerY = from.strengthPerY;
}

/** What is asked. Made once and filled in for every fix. */
export interface Problem {
  readonly links: Links;
  /** Spread of tags' own strength, dB². */
  strengthVariance: number;
  bounds: Bounds;
  rules: Rules;
  /** Where the tag is taken to be before anything is heard, and how surely (one over the variance per axis, m⁻²). */
  priorX: number;
  priorY: number;
  perPrior: number;
}

/** A place and the variance per axis, m². */
export interface Near {
  x: number;
  y: number;
  variance: number;
}

/** Read once: an imported name is looked up at every use. */
const leastSqDistance = minSqDistance;
const linkSize = numbersPerLink;
const log = quickLog;
const mostSteps = 10;
/** Lower triangle of the normal matrix (x, y, strength): xx, yx, yy, bx, by, bb; then the downhill gradient. */
const system = new Float64Array(9);
const kept = new Float64Array(9);
const step = new Float64Array(3);

/**
 * Descends from (x, y) to the nearest minimum of a robust sum of squares of dB residuals. Unknowns are x, y and the
 * tag's own strength (common to all gateways, held near 0 by a prior). Residuals follow a Student t, wider on the weak
 * side: obstruction only weakens. Levenberg–Marquardt with iteratively reweighted squares. Writes into `out`.
 */
export function descend(problem: Problem, x: number, y: number, out: Solution): void {
  const { bounds } = problem;
  let strength = 0;
  let cost = linearise(problem, x, y, strength);
  let damping = 0.01;
  for (let i = 0; i < mostSteps && solve(damping); i++) {
    const nextX = clamp(x + (step[0] ?? 0), bounds.minX, bounds.maxX);
    const nextY = clamp(y + (step[1] ?? 0), bounds.minY, bounds.maxY);
    const nextStrength = strength + (step[2] ?? 0);
    keep(system, kept);
    const nextCost = linearise(problem, nextX, nextY, nextStrength);
    if (nextCost > cost + quickness) {
      keep(kept, system);
      damping = Math.max(0.1, damping * 8);
      continue;
    }
    const isThere = Math.abs(nextX - x) + Math.abs(nextY - y) < closeEnoughM;
    x = nextX;
    y = nextY;
    strength = nextStrength;
    cost = nextCost;
    damping *= 0.2;
    if (isThere) break;
  }
  out.x = x;
  out.y = y;
  out.cost = cost;
  out.strength = strength;
  writeCovariance(out);
}

/** A lattice is laid around the minimum: it need not be known more closely. */
const closeEnoughM = 0.15;
/** Costs are not told apart more finely: what the quick logarithm errs by. */
const quickness = 0.002;

function keep(from: Float64Array, to: Float64Array): void {
  for (let i = 0; i < from.length; i++) to[i] = from[i] ?? 0;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** Added to a residual something is divided by, dB: it may be nothing, and keeps its sign otherwise. */
export const tinyDb = 1e-9;

/** Cost at a place; leaves the normal matrix and the downhill gradient there in `system`. */
function linearise(problem: Problem, x: number, y: number, strength: number): number {
  const { links, rules, perPrior } = problem;
  const { numbers } = links;
  const end = links.count * linkSize;
  const perStrength = 1 / problem.strengthVariance;
  const power = rules.tailDegrees + 1;
  // A square counts less below 0, as in `posterior-moments.ts`, without a choice the processor would guess wrongly.
  const perWide = 1 / rules.obstructionFactor;
  const mid = 0.5 * (1 + perWide);
  const half = 0.5 * (1 - perWide);
  const offX = x - problem.priorX;
  const offY = y - problem.priorY;
  let xx = perPrior;
  let yx = 0;
  let yy = perPrior;
  let bx = 0;
  let by = 0;
  let bb = perStrength;
  let gx = -offX * perPrior;
  let gy = -offY * perPrior;
  let gb = -strength * perStrength;
  let misfit = 1;
  for (let o = 0; o < end; o += linkSize) {
    const dx = x - (numbers[o] ?? 0);
    const dy = y - (numbers[o + 1] ?? 0);
    const sq = dx * dx + dy * dy + (numbers[o + 2] ?? 0);
    const sqDist = sq < leastSqDistance ? leastSqDistance : sq;
    const perLogSq = numbers[o + 4] ?? 0;
    const residual = (numbers[o + 3] ?? 0) + perLogSq * log(sqDist) - strength;
    const counted = mid * residual + half * Math.abs(residual);
    const spread = (numbers[o + 5] ?? 0) + residual * counted;
    const perSpread = power / spread;
    const weight = perSpread * (counted / (residual + tinyDb));
    misfit *= spread * (numbers[o + 6] ?? 0);
    const perM = (-2 * perLogSq) / sqDist;
    const jx = perM * dx;
    const jy = perM * dy;
    const wx = weight * jx;
    const wy = weight * jy;
    xx += wx * jx;
    yx += wx * jy;
    yy += wy * jy;
    bx += wx;
    by += wy;
    bb += weight;
    gx += wx * residual;
    gy += wy * residual;
    gb += perSpread * counted;
  }
  system[0] = xx;
  system[1] = yx;
  system[2] = yy;
  system[3] = bx;
  system[4] = by;
  system[5] = bb;
  system[6] = gx;
  system[7] = gy;
  system[8] = gb;
  const priors = (offX * offX + offY * offY) * perPrior + strength * strength * perStrength;
  return 0.5 * (power * log(misfit) + priors);
}

/** Solves (N + damping · diag N) step = gradient for the three unknowns; false when they cannot be told apart. */
function solve(damping: number): boolean {
  const a = (system[0] ?? 0) * (1 + damping);
  const yx = system[1] ?? 0;
  const d = (system[2] ?? 0) * (1 + damping);
  const bx = system[3] ?? 0;
  const by = system[4] ?? 0;
  const f = (system[5] ?? 0) * (1 + damping);
  const gx = system[6] ?? 0;
  const gy = system[7] ?? 0;
  const gb = system[8] ?? 0;
  const c00 = d * f - by * by;
  const c01 = bx * by - yx * f;
  const c02 = yx * by - d * bx;
  const det = a * c00 + yx * c01 + bx * c02;
  if (!(det > 0)) return false;
  const c11 = a * f - bx * bx;
  const c12 = yx * bx - a * by;
  const c22 = a * d - yx * yx;
  step[0] = (c00 * gx + c01 * gy + c02 * gb) / det;
  step[1] = (c01 * gx + c11 * gy + c12 * gb) / det;
  step[2] = (c02 * gx + c12 * gy + c22 * gb) / det;
  return true;
}

/** Covariance of (x, y) with the tag's strength averaged over: the corner of the inverse of the normal matrix. */
function writeCovariance(out: Solution): void {
  const bx = system[3] ?? 0;
  const by = system[4] ?? 0;
  const bb = system[5] ?? 1;
  out.strengthPerX = -bx / bb;
  out.strengthPerY = -by / bb;
  const a = (system[0] ?? 0) - (bx * bx) / bb;
  const b = (system[1] ?? 0) - (bx * by) / bb;
  const c = (system[2] ?? 0) - (by * by) / bb;
  const det = Math.max(a * c - b * b, 1e-9);
  out.xx = c / det;
  out.xy = -b / det;
  out.yy = a / det;
}

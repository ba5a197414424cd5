import { minSqDistance, type LevelRadio } from '../radio/path-loss';
import type { Signals } from '../radio/signals';
import type { Rules } from '../rules';
import type { Bounds } from '../site';

/**
 * Where a tag is on one level by what gateways hear: the minimum of a robust sum of squares of dB residuals.
 * Unknowns are x, y and the tag's own strength (common to all gateways, held near 0 by a prior). Residuals follow a
 * Student t, wider on the weak side: obstruction only weakens. Levenberg–Marquardt with iteratively reweighted squares.
 */
export interface Solution {
  x: number;
  y: number;
  /** Covariance of x and y, m². */
  xx: number;
  xy: number;
  yy: number;
  /** Minus log of the posterior density at the minimum, up to a constant shared by all levels. */
  cost: number;
}

export interface Problem {
  readonly signals: Signals;
  readonly radio: LevelRadio;
  readonly bounds: Bounds;
  readonly rules: Rules;
  /** Where the tag must be near for want of better, and how near (m²): settles what too few gateways leave open. */
  readonly anchorX: number;
  readonly anchorY: number;
  readonly anchorVariance: number;
}

const steepness = 10 / Math.LN10;
const mostSteps = 12;
/** Lower triangle of the normal matrix, its gradient, and the step: xx, yx, yy, bx, by, bb. */
const normal = new Float64Array(6);
const gradient = new Float64Array(3);
const step = new Float64Array(3);
const kept = new Float64Array(9);

/** Descends from (x, y) to the nearest minimum. Writes into `out`. */
export function descend(problem: Problem, x: number, y: number, out: Solution): void {
  const { bounds } = problem;
  let strength = 0;
  let cost = linearise(problem, x, y, strength);
  let damping = 0.01;
  for (let i = 0; i < mostSteps; i++) {
    if (!solve(damping)) break;
    const nextX = clamp(x + (step[0] ?? 0), bounds.minX, bounds.maxX);
    const nextY = clamp(y + (step[1] ?? 0), bounds.minY, bounds.maxY);
    const nextStrength = strength + (step[2] ?? 0);
    keep();
    const nextCost = linearise(problem, nextX, nextY, nextStrength);
    if (nextCost > cost) {
      restore();
      damping = damping < 1e-3 ? 0.1 : damping * 8;
      if (damping > 1e4) break;
      continue;
    }
    const moved = Math.abs(nextX - x) + Math.abs(nextY - y);
    x = nextX;
    y = nextY;
    strength = nextStrength;
    const gained = cost - nextCost;
    cost = nextCost;
    damping *= 0.2;
    if (moved < 0.01 || gained < 1e-4) break;
  }
  out.x = x;
  out.y = y;
  out.cost = cost;
  writeCovariance(out);
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

function keep(): void {
  kept.set(normal);
  kept.set(gradient, 6);
}

function restore(): void {
  for (let i = 0; i < 6; i++) normal[i] = kept[i] ?? 0;
  for (let i = 0; i < 3; i++) gradient[i] = kept[6 + i] ?? 0;
}

/** Cost at a place; leaves the normal matrix and downhill gradient there in scratch. */
function linearise({ signals, radio, rules, ...anchor }: Problem, x: number, y: number, strength: number): number {
  const perAnchor = 1 / anchor.anchorVariance;
  const perStrength = 1 / radio.strengthVariance;
  const nu = rules.tailDegrees;
  const ax = x - anchor.anchorX;
  const ay = y - anchor.anchorY;
  let cost = 0.5 * ((ax * ax + ay * ay) * perAnchor + strength * strength * perStrength);
  let [xx, yx, yy, bx, by, bb] = [perAnchor, 0, perAnchor, 0, 0, perStrength];
  let [gx, gy, gb] = [-ax * perAnchor, -ay * perAnchor, -strength * perStrength];
  for (let i = 0; i < signals.count; i++) {
    const g = signals.gateway[i] ?? 0;
    const dx = x - (radio.x[g] ?? 0);
    const dy = y - (radio.y[g] ?? 0);
    const slope = steepness * (radio.exponent[g] ?? 0);
    const sqDist = Math.max(dx * dx + dy * dy + (radio.sqRise[g] ?? 0), minSqDistance);
    const residual = (signals.rssi[i] ?? 0) - (radio.rssi1m[g] ?? 0) + 0.5 * slope * Math.log(sqDist) - strength;
    let variance = (radio.variance[g] ?? 0) + (signals.variance[i] ?? 0);
    if (residual < 0) variance *= rules.obstructionFactor;
    const sq = residual * residual;
    const weight = (nu + 1) / (nu * variance + sq);
    cost += 0.5 * (nu + 1) * Math.log1p(sq / (nu * variance));
    const jx = (-slope * dx) / sqDist;
    const jy = (-slope * dy) / sqDist;
    xx += weight * jx * jx;
    yx += weight * jx * jy;
    yy += weight * jy * jy;
    bx += weight * jx;
    by += weight * jy;
    bb += weight;
    gx += weight * jx * residual;
    gy += weight * jy * residual;
    gb += weight * residual;
  }
  normal.set([xx, yx, yy, bx, by, bb]);
  gradient.set([gx, gy, gb]);
  return cost;
}

/** Solves (N + damping · diag N) step = gradient for three unknowns. */
function solve(damping: number): boolean {
  const [xx = 0, yx = 0, yy = 0, bx = 0, by = 0, bb = 0] = normal;
  const [gx = 0, gy = 0, gb = 0] = gradient;
  const a = xx * (1 + damping);
  const d = yy * (1 + damping);
  const f = bb * (1 + damping);
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
  const [xx = 0, yx = 0, yy = 0, bx = 0, by = 0, bb = 1] = normal;
  const a = xx - (bx * bx) / bb;
  const b = yx - (bx * by) / bb;
  const c = yy - (by * by) / bb;
  const det = Math.max(a * c - b * b, 1e-9);
  out.xx = c / det;
  out.xy = -b / det;
  out.yy = a / det;
}

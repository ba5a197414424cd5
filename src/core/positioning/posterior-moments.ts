import { minSqDistance } from '../radio/path-loss';
import type { Problem, Solution } from './least-squares';

/** Points per side of the lattice, and how many standard deviations it reaches to each side. */
const side = 9;
const reachSigmas = 2.8;
const leastReach = 1.5;

const density = new Float64Array(side * side);

/**
 * Replaces a minimum by the mean and covariance of the posterior around it, summed over a lattice inside the level.
 * The posterior of a tag's place is broad and bent, and its mean errs less than its peak. `out.cost` becomes minus
 * the log of the evidence: what levels are compared by.
 */
export function takeMoments(problem: Problem, out: Solution): void {
  const { minX, minY, maxX, maxY } = problem.bounds;
  const reachX = Math.max(leastReach, reachSigmas * Math.sqrt(out.xx));
  const reachY = Math.max(leastReach, reachSigmas * Math.sqrt(out.yy));
  const left = Math.max(minX, Math.min(out.x, maxX) - reachX);
  const right = Math.min(maxX, Math.max(out.x, minX) + reachX);
  const low = Math.max(minY, Math.min(out.y, maxY) - reachY);
  const high = Math.min(maxY, Math.max(out.y, minY) + reachY);
  const stepX = (right - left) / side;
  const stepY = (high - low) / side;
  let best = -Infinity;
  for (let i = 0; i < density.length; i++) {
    const log = logDensity(problem, left + ((i % side) + 0.5) * stepX, low + (Math.floor(i / side) + 0.5) * stepY);
    density[i] = log;
    if (log > best) best = log;
  }
  let [sum, sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < density.length; i++) {
    const p = Math.exp((density[i] ?? 0) - best);
    const x = ((i % side) + 0.5) * stepX;
    const y = (Math.floor(i / side) + 0.5) * stepY;
    sum += p;
    sx += p * x;
    sy += p * y;
    sxx += p * x * x;
    sxy += p * x * y;
    syy += p * y * y;
  }
  const mx = sx / sum;
  const my = sy / sum;
  out.x = left + mx;
  out.y = low + my;
  out.xx = sxx / sum - mx * mx + (stepX * stepX) / 12;
  out.xy = sxy / sum - mx * my;
  out.yy = syy / sum - my * my + (stepY * stepY) / 12;
  out.cost = -best - Math.log(sum * stepX * stepY);
}

/** Log of the posterior at a place, the tag's strength set to its best there (one reweighting). */
function logDensity(
  { signals, radio, rules, anchorX, anchorY, anchorVariance }: Problem,
  x: number,
  y: number,
): number {
  const nu = rules.tailDegrees;
  const perStrength = 1 / radio.strengthVariance;
  let [weights, pull] = [perStrength, 0];
  for (let i = 0; i < signals.count; i++) {
    const g = signals.gateway[i] ?? 0;
    const sqDist = (x - (radio.x[g] ?? 0)) ** 2 + (y - (radio.y[g] ?? 0)) ** 2 + (radio.sqRise[g] ?? 0);
    const expected =
      (radio.rssi1m[g] ?? 0) - halfSteepness * (radio.exponent[g] ?? 0) * Math.log(Math.max(sqDist, minSqDistance));
    const residual = (signals.rssi[i] ?? 0) - expected;
    let variance = (radio.variance[g] ?? 0) + (signals.variance[i] ?? 0);
    if (residual < 0) variance *= rules.obstructionFactor;
    const weight = (nu + 1) / (nu * variance + residual * residual);
    residuals[i] = residual;
    variances[i] = variance;
    weights += weight;
    pull += weight * residual;
  }
  const strength = pull / weights;
  let product = 1;
  for (let i = 0; i < signals.count; i++) {
    const residual = (residuals[i] ?? 0) - strength;
    product *= 1 + (residual * residual) / (nu * (variances[i] ?? 1));
  }
  const sqAnchor = (x - anchorX) ** 2 + (y - anchorY) ** 2;
  return -0.5 * ((nu + 1) * Math.log(product) + sqAnchor / anchorVariance + strength * strength * perStrength);
}

const halfSteepness = 5 / Math.LN10;
const residuals = new Float64Array(64);
const variances = new Float64Array(64);

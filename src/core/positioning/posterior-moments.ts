import { mostGateways } from '../radio/signals';
import { minSqDistance } from '../radio/path-loss';
import type { Problem, Solution } from './least-squares';

/** Points per side of the lattice, and how far it reaches: standard deviations to each side, at least some metres. */
const side = 7;
const reachSigmas = 2.6;
const leastReachM = 1.5;

/** Read once: an imported name is looked up at every use. */
const leastSqDistance = minSqDistance;
const logs = new Float64Array(side * side);

/**
 * Replaces a minimum by the mean and covariance of the posterior around it, summed over a lattice inside the level:
 * the posterior of a tag's place is broad and bent, and its mean errs less than its peak. A lattice that proves far too
 * wide is laid again. `out.cost` becomes minus the log of the evidence, by which levels are compared.
 */
export function takeMoments(problem: Problem, out: Solution): void {
  let width = Math.sqrt(out.xx + out.yy);
  for (let lattice = 0; lattice < mostLattices; lattice++) {
    layLattice(problem, out);
    const found = Math.sqrt(out.xx + out.yy);
    if (found > 0.6 * width) return;
    width = found;
  }
}

const mostLattices = 4;

function layLattice(problem: Problem, out: Solution): void {
  const { minX, minY, maxX, maxY } = problem.bounds;
  const reachX = Math.max(leastReachM, reachSigmas * Math.sqrt(out.xx));
  const reachY = Math.max(leastReachM, reachSigmas * Math.sqrt(out.yy));
  const left = Math.max(minX, out.x - reachX);
  const low = Math.max(minY, out.y - reachY);
  const stepX = (Math.min(maxX, out.x + reachX) - left) / side;
  const stepY = (Math.min(maxY, out.y + reachY) - low) / side;
  let best = -Infinity;
  for (let i = 0; i < logs.length; i++) {
    const log = logDensity(problem, left + ((i % side) + 0.5) * stepX, low + (((i / side) | 0) + 0.5) * stepY);
    logs[i] = log;
    if (log > best) best = log;
  }
  sumLattice(best, stepX, stepY, out);
  out.x += left;
  out.y += low;
}

/** Moments over the lattice, from its lower left corner. */
function sumLattice(best: number, stepX: number, stepY: number, out: Solution): void {
  let [sum, sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < logs.length; i++) {
    const p = Math.exp((logs[i] ?? 0) - best);
    const x = ((i % side) + 0.5) * stepX;
    const y = (((i / side) | 0) + 0.5) * stepY;
    sum += p;
    sx += p * x;
    sy += p * y;
    sxx += p * x * x;
    sxy += p * x * y;
    syy += p * y * y;
  }
  out.x = sx / sum;
  out.y = sy / sum;
  out.xx = sxx / sum - out.x * out.x + (stepX * stepX) / 12;
  out.xy = sxy / sum - out.x * out.y;
  out.yy = syy / sum - out.y * out.y + (stepY * stepY) / 12;
  out.cost = -best - Math.log(sum * stepX * stepY);
}

const residuals = new Float64Array(mostGateways);

/** Log of the posterior at a place, with the tag's strength at its best there (one reweighting). */
function logDensity(problem: Problem, x: number, y: number): number {
  const { links, rules, near } = problem;
  const nu = rules.tailDegrees;
  const perStrength = 1 / problem.strengthVariance;
  let weights = perStrength;
  let pull = 0;
  for (let i = 0; i < links.count; i++) {
    const dx = x - (links.x[i] ?? 0);
    const dy = y - (links.y[i] ?? 0);
    const sqDist = Math.max(dx * dx + dy * dy + (links.sqRise[i] ?? 0), leastSqDistance);
    const residual = (links.excess[i] ?? 0) + 0.5 * (links.slope[i] ?? 0) * Math.log(sqDist);
    const variance = (links.variance[i] ?? 0) * (residual < 0 ? rules.obstructionFactor : 1);
    const weight = (nu + 1) / (nu * variance + residual * residual);
    residuals[i] = residual;
    weights += weight;
    pull += weight * residual;
  }
  const strength = pull / weights;
  let misfit = 1;
  for (let i = 0; i < links.count; i++) {
    const residual = (residuals[i] ?? 0) - strength;
    const variance = (links.variance[i] ?? 1) * (residual < 0 ? rules.obstructionFactor : 1);
    misfit *= 1 + (residual * residual) / (nu * variance);
  }
  const offX = x - problem.anchorX;
  const offY = y - problem.anchorY;
  let priors = (offX * offX + offY * offY) / problem.anchorVariance + strength * strength * perStrength;
  if (near !== null) priors += ((x - near.x) ** 2 + (y - near.y) ** 2) / near.variance;
  return -0.5 * ((nu + 1) * Math.log(misfit) + priors);
}

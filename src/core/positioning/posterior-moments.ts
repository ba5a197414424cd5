import { mostGateways } from '../radio/signals';
import { minSqDistance } from '../radio/path-loss';
import { quickLog } from '../fast-math';
import type { Problem, Solution } from './least-squares';

/** Points per side of the lattice, and how far it reaches: standard deviations to each side, at least some metres. */
const side = 5;
const points = side * side;
const reachSigmas = 2.6;
const leastReachM = 1.5;
/** Width of the strip that each place stands for in the error it is given, as a share of the lattice's. */
const strip = 1 / 7;

/** Read once: an imported name is looked up at every use. */
const leastSqDistance = minSqDistance;
const log = quickLog;

/** Where the lattice lies: its lower left corner and its steps, metres. */
const lattice = { left: 0, low: 0, stepX: 0, stepY: 0 };
const logs = new Float64Array(points);
const strengths = new Float64Array(points);
const weights = new Float64Array(points);
const misfits = new Float64Array(points);
/** By link, then by point, dB. */
const residuals = new Float64Array(points * mostGateways);

/**
 * Replaces a minimum by the mean and covariance of the posterior around it, summed over a lattice inside the level:
 * the posterior of a tag's place is broad and bent, and its mean errs less than its peak. A lattice that proves far too
 * wide is laid again. `out.cost` becomes minus the log of the evidence, by which levels are compared.
 *
 * Steps of about one standard deviation are enough: a sum over equal steps h of a density as smooth as a normal's is off
 * by no more than exp(−2π² σ²/h²) of it (Poisson summation).
 */
export function takeMoments(problem: Problem, out: Solution): void {
  let width = Math.sqrt(out.xx + out.yy);
  for (let laid = 0; laid < mostLattices; laid++) {
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
  lattice.left = Math.max(minX, out.x - reachX);
  lattice.low = Math.max(minY, out.y - reachY);
  lattice.stepX = (Math.min(maxX, out.x + reachX) - lattice.left) / side;
  lattice.stepY = (Math.min(maxY, out.y + reachY) - lattice.low) / side;
  settleStrengths(problem);
  sumMisfits(problem);
  sumLattice(takeLogs(problem), out);
}

/** Residuals at every point, and the tag's strength at its best there (one reweighting). */
function settleStrengths({ links, rules, strengthVariance }: Problem): void {
  const { left, low, stepX, stepY } = lattice;
  const nu = rules.tailDegrees;
  const wide = rules.obstructionFactor;
  weights.fill(1 / strengthVariance);
  strengths.fill(0);
  for (let i = 0, at = 0; i < links.count; i++) {
    const fromX = left + 0.5 * stepX - (links.x[i] ?? 0);
    const fromY = low + 0.5 * stepY - (links.y[i] ?? 0);
    const excess = links.excess[i] ?? 0;
    const halfSlope = 0.5 * (links.slope[i] ?? 0);
    const sqRise = links.sqRise[i] ?? 0;
    const narrow = nu * (links.variance[i] ?? 0);
    for (let point = 0, row = 0; row < side; row++) {
      const dy = fromY + row * stepY;
      const sqAcross = dy * dy + sqRise;
      for (let column = 0; column < side; column++, point++, at++) {
        const dx = fromX + column * stepX;
        const sqDist = dx * dx + sqAcross;
        const residual = excess + halfSlope * log(sqDist < leastSqDistance ? leastSqDistance : sqDist);
        const weight = (nu + 1) / ((residual < 0 ? wide : 1) * narrow + residual * residual);
        residuals[at] = residual;
        weights[point] = (weights[point] ?? 0) + weight;
        strengths[point] = (strengths[point] ?? 0) + weight * residual;
      }
    }
  }
  for (let point = 0; point < points; point++) strengths[point] = (strengths[point] ?? 0) / (weights[point] ?? 1);
}

/** Products of what a Student t divides each residual's density by. */
function sumMisfits({ links, rules }: Problem): void {
  misfits.fill(1);
  for (let i = 0, at = 0; i < links.count; i++) {
    const perNarrow = 1 / (rules.tailDegrees * (links.variance[i] ?? 1));
    const perWide = perNarrow / rules.obstructionFactor;
    for (let point = 0; point < points; point++, at++) {
      const residual = (residuals[at] ?? 0) - (strengths[point] ?? 0);
      misfits[point] = (misfits[point] ?? 1) * (1 + residual * residual * (residual < 0 ? perWide : perNarrow));
    }
  }
}

/** Log of the posterior at every point; returns the best. */
function takeLogs({ rules, strengthVariance, anchorX, anchorY, anchorVariance, near }: Problem): number {
  const { left, low, stepX, stepY } = lattice;
  const power = rules.tailDegrees + 1;
  let best = -Infinity;
  for (let point = 0; point < points; point++) {
    const x = left + ((point % side) + 0.5) * stepX;
    const y = low + (((point / side) | 0) + 0.5) * stepY;
    const strength = strengths[point] ?? 0;
    let priors = ((x - anchorX) ** 2 + (y - anchorY) ** 2) / anchorVariance + (strength * strength) / strengthVariance;
    if (near !== null) priors += ((x - near.x) ** 2 + (y - near.y) ** 2) / near.variance;
    const own = -0.5 * (power * log(misfits[point] ?? 1) + priors);
    logs[point] = own;
    if (own > best) best = own;
  }
  return best;
}

/** Moments over the lattice. */
function sumLattice(best: number, out: Solution): void {
  const { stepX, stepY } = lattice;
  let sum = 0;
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  for (let point = 0; point < points; point++) {
    const p = Math.exp((logs[point] ?? 0) - best);
    const x = ((point % side) + 0.5) * stepX;
    const y = (((point / side) | 0) + 0.5) * stepY;
    sum += p;
    sx += p * x;
    sy += p * y;
    sxx += p * x * x;
    sxy += p * x * y;
    syy += p * y * y;
  }
  const x = sx / sum;
  const y = sy / sum;
  out.x = lattice.left + x;
  out.y = lattice.low + y;
  out.xx = sxx / sum - x * x + (strip * side * stepX) ** 2 / 12;
  out.xy = sxy / sum - x * y;
  out.yy = syy / sum - y * y + (strip * side * stepY) ** 2 / 12;
  out.cost = -best - Math.log(sum * stepX * stepY);
}

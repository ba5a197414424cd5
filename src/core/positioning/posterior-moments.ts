import { expDownClosely, quickLog } from '../fast-math';
import { minSqDistance } from '../radio/path-loss';
import { type Problem, type Solution, tinyDb } from './least-squares';
import { linkSize as numbersPerLink } from './links';

/** How finely a posterior is summed. */
export interface Fineness {
  /** Points per side of the lattice. */
  readonly side: number;
  /** Width of the strip that each place stands for in the error it is given, as a share of the lattice's. */
  readonly strip: number;
}

/**
 * Nine points are enough for a posterior of one piece: a sum over equal steps h of a density as smooth as a normal's is
 * off by no more than exp(−2π² σ²/h²) of it (Poisson summation), less than one in six hundred for these. One that may be
 * a ring, or in pieces, takes more.
 */
export const coarsely: Fineness = { side: 3, strip: 1 / 4 };
export const finely: Fineness = { side: 5, strip: 1 / 7 };

/** How far a lattice reaches: standard deviations to each side, at least some metres. */
const reachSigmas = 2.6;
const leastReachM = 1.5;

/** Read once: an imported name is looked up at every use. */
const leastSqDistance = minSqDistance;
const linkSize = numbersPerLink;
const log = quickLog;
const tiny = tinyDb;
const expDown = expDownClosely;

/** Where the lattice lies: its lower left corner and its steps, metres; minus log of the posterior at its points. */
const lattice = { left: 0, low: 0, stepX: 0, stepY: 0 };
const costs = new Float64Array(finely.side ** 2);
/** Where a cost is asked for: x, y, and the strength a tag is expected to have there. Numbers that are handed over take memory. */
const asked = new Float64Array(3);

/**
 * Replaces a minimum by the mean and covariance of the posterior around it, summed over a lattice inside the level: the
 * posterior of a tag's place is broad and bent, and its mean errs less than its peak. `out.cost` becomes minus the log of
 * the evidence, by which levels are compared.
 */
export function takeMoments(problem: Problem, fineness: Fineness, out: Solution): void {
  let sqWidth = out.xx + out.yy;
  for (let laid = 0; laid < mostLattices; laid++) {
    layLattice(problem, fineness.side, out);
    sumLattice(lookAround(problem, fineness.side, out), fineness, out);
    const found = out.xx + out.yy;
    if (found > sqNarrower * sqWidth) return;
    sqWidth = found;
  }
}

const mostLattices = 4;
const sqNarrower = 0.6 ** 2;

function layLattice({ bounds }: Problem, side: number, { x, y, xx, yy }: Solution): void {
  const { minX, minY, maxX, maxY } = bounds;
  const reachX = Math.max(leastReachM, reachSigmas * Math.sqrt(xx));
  const reachY = Math.max(leastReachM, reachSigmas * Math.sqrt(yy));
  lattice.left = Math.max(minX, x - reachX);
  lattice.low = Math.max(minY, y - reachY);
  lattice.stepX = (Math.min(maxX, x + reachX) - lattice.left) / side;
  lattice.stepY = (Math.min(maxY, y + reachY) - lattice.low) / side;
}

/** Costs at all points; returns the least. */
function lookAround(problem: Problem, side: number, at: Solution): number {
  const { x, y, strength, strengthPerX, strengthPerY } = at;
  const { left, low, stepX, stepY } = lattice;
  let least = Infinity;
  for (let point = 0, row = 0; row < side; row++) {
    const atY = low + (row + 0.5) * stepY;
    const inRow = strength + (atY - y) * strengthPerY;
    for (let column = 0; column < side; column++, point++) {
      const atX = left + (column + 0.5) * stepX;
      asked[0] = atX;
      asked[1] = atY;
      asked[2] = inRow + (atX - x) * strengthPerX;
      takeCost(problem, point);
      least = Math.min(least, costs[point] ?? 0);
    }
  }
  return least;
}

/** Moments over the lattice. */
function sumLattice(least: number, { side, strip }: Fineness, out: Solution): void {
  const { stepX, stepY } = lattice;
  let sum = 0;
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  for (let point = 0, row = 0; row < side; row++) {
    const y = (row + 0.5) * stepY;
    for (let column = 0; column < side; column++, point++) {
      const p = expDown((costs[point] ?? 0) - least);
      const x = (column + 0.5) * stepX;
      sum += p;
      sx += p * x;
      sy += p * y;
      sxx += p * x * x;
      sxy += p * x * y;
      syy += p * y * y;
    }
  }
  const x = sx / sum;
  const y = sy / sum;
  const dx = lattice.left + x - out.x;
  const dy = lattice.low + y - out.y;
  out.strength += dx * out.strengthPerX + dy * out.strengthPerY;
  out.x += dx;
  out.y += dy;
  out.xx = sxx / sum - x * x + (strip * side * stepX) ** 2 / 12;
  out.xy = sxy / sum - x * y;
  out.yy = syy / sum - y * y + (strip * side * stepY) ** 2 / 12;
  out.cost = least - log(sum * stepX * stepY);
}

/** Minus log of the posterior where it is asked for, with the tag's strength at its best there: one step from the one given. */
function takeCost(problem: Problem, point: number): void {
  const x = asked[0] ?? 0;
  const y = asked[1] ?? 0;
  const strength = asked[2] ?? 0;
  const { links, rules, perPrior } = problem;
  const { numbers } = links;
  const end = links.count * linkSize;
  const perStrength = 1 / problem.strengthVariance;
  const power = rules.tailDegrees + 1;
  // A square counts less below 0 (obstruction): by the mean of both shares, and half their difference with its sign. A
  // choice here would often be guessed wrongly by the processor.
  const perWide = 1 / rules.obstructionFactor;
  const mid = 0.5 * (1 + perWide);
  const half = 0.5 * (1 - perWide);
  let weights = perStrength;
  let pull = -strength * perStrength;
  let misfit = 1;
  for (let o = 0; o < end; o += linkSize) {
    const dx = x - (numbers[o] ?? 0);
    const dy = y - (numbers[o + 1] ?? 0);
    const sq = dx * dx + dy * dy + (numbers[o + 2] ?? 0);
    const residual =
      (numbers[o + 3] ?? 0) + (numbers[o + 4] ?? 0) * log(sq < leastSqDistance ? leastSqDistance : sq) - strength;
    const counted = mid * residual + half * Math.abs(residual);
    const spread = (numbers[o + 5] ?? 0) + residual * counted;
    const perSpread = power / spread;
    misfit *= spread * (numbers[o + 6] ?? 0);
    weights += perSpread * (counted / (residual + tiny));
    pull += perSpread * counted;
  }
  const offX = x - problem.priorX;
  const offY = y - problem.priorY;
  const priors = (offX * offX + offY * offY) * perPrior + strength * strength * perStrength;
  costs[point] = 0.5 * (power * log(misfit) + priors - (pull * pull) / weights);
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../src/core';
import { emptyLinks } from '../../../src/core/positioning/links';
import type { Problem } from '../../../src/core/positioning/least-squares';
import { emptySolution } from '../../../src/core/positioning/locate';
import { takeMoments } from '../../../src/core/positioning/posterior-moments';

const perDecade = 10 / Math.LN10;
const corners = [
  [0, 0],
  [20, 0],
  [20, 15],
  [0, 15],
  [10, 8],
] as const;

/** Five gateways around a hall of 20 × 15 m that hear a tag at (x, y), each off by so many dB. */
function problemAt(x: number, y: number, offDb: readonly number[]): Problem {
  const links = emptyLinks();
  corners.forEach(([gatewayX, gatewayY], i) => {
    const decades = 0.5 * Math.log10((x - gatewayX) ** 2 + (y - gatewayY) ** 2 + 2);
    links.x[i] = gatewayX;
    links.y[i] = gatewayY;
    links.sqRise[i] = 2;
    links.slope[i] = perDecade * 2.5;
    links.variance[i] = 20;
    links.excess[i] = -25 * decades + (offDb[i] ?? 0);
  });
  links.count = corners.length;
  const bounds = { minX: 0, minY: 0, maxX: 20, maxY: 15 };
  const anchor = { anchorX: 10, anchorY: 8, anchorVariance: 144 };
  return { links, strengthVariance: 2, bounds, rules: defaultRules, ...anchor, near: { x, y, variance: 6 } };
}

/** Log of the posterior written out from its formula: Student t in dB, wider on the weak side. */
function plainLog({ links, near, ...problem }: Problem, x: number, y: number): number {
  const nu = defaultRules.tailDegrees;
  const all = Array.from({ length: links.count }, (_, i) => {
    const sqDist = (x - (links.x[i] ?? 0)) ** 2 + (y - (links.y[i] ?? 0)) ** 2 + (links.sqRise[i] ?? 0);
    const residual = (links.excess[i] ?? 0) + (links.slope[i] ?? 0) * Math.log(Math.sqrt(Math.max(0.25, sqDist)));
    return { residual, variance: links.variance[i] ?? 0 };
  });
  const spread = (residual: number, variance: number) => variance * (residual < 0 ? defaultRules.obstructionFactor : 1);
  const weights = all.map(
    ({ residual, variance }) => (nu + 1) / (nu * spread(residual, variance) + residual * residual),
  );
  const pull = all.reduce((sum, { residual }, i) => sum + residual * (weights[i] ?? 0), 0);
  const strength = pull / weights.reduce((sum, weight) => sum + weight, 1 / problem.strengthVariance);
  const logs = all.map(({ residual, variance }) => {
    const off = residual - strength;
    return -0.5 * (nu + 1) * Math.log(1 + (off * off) / (nu * spread(off, variance)));
  });
  const prior = ((x - problem.anchorX) ** 2 + (y - problem.anchorY) ** 2) / problem.anchorVariance;
  const nearness = near === null ? 0 : ((x - near.x) ** 2 + (y - near.y) ** 2) / near.variance;
  return logs.reduce((sum, log) => sum + log, -0.5 * (prior + nearness + strength ** 2 / problem.strengthVariance));
}

/** Mean and variances by a fine sum over the whole hall. */
function slowMoments(problem: Problem) {
  let [sum, sx, sy, sxx, syy] = [0, 0, 0, 0, 0];
  for (let x = 0.1; x < 20; x += 0.2) {
    for (let y = 0.1; y < 15; y += 0.2) {
      const p = Math.exp(plainLog(problem, x, y));
      sum += p;
      sx += p * x;
      sy += p * y;
      sxx += p * x * x;
      syy += p * y * y;
    }
  }
  return { x: sx / sum, y: sy / sum, xx: sxx / sum - (sx / sum) ** 2, yy: syy / sum - (sy / sum) ** 2 };
}

describe('mean and spread of the posterior from a coarse lattice', () => {
  it('agree with a fine sum over the whole level, wherever the tag is and whatever each gateway errs by', () => {
    const off = fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: 5, maxLength: 5 });
    const along = (most: number) => fc.double({ min: 3, max: most, noNaN: true });
    fc.assert(
      fc.property(along(17), along(12), off, (x, y, offDb) => {
        const problem = problemAt(x, y, offDb);
        const slow = slowMoments(problem);
        const fast = { ...emptySolution(), x, y, xx: 4, yy: 4 };
        takeMoments(problem, fast);
        const sigma = Math.sqrt(slow.xx + slow.yy);
        expect(Math.hypot(fast.x - slow.x, fast.y - slow.y)).toBeLessThan(0.12 * sigma);
        expect(Math.abs(Math.sqrt(fast.xx + fast.yy) / sigma - 1)).toBeLessThan(0.12);
      }),
      { numRuns: 25, seed: 1 },
    );
  });

  it('never leave the level', () => {
    const out = { ...emptySolution(), x: 0.2, y: 14.8, xx: 9, yy: 9 };
    takeMoments(problemAt(0, 15, [0, 0, 0, 20, 0]), out);
    expect(out.x >= 0 && out.y <= 15).toBe(true);
  });
});

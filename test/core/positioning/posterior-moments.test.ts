import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../src/core';
import { descend, emptySolution, type Problem } from '../../../src/core/positioning/least-squares';
import { emptyLinks, linkPart, linkSize } from '../../../src/core/positioning/links';
import { coarsely, finely, takeMoments } from '../../../src/core/positioning/posterior-moments';

const perDecade = 10 / Math.LN10;
const variance = 20;
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
    const spread = defaultRules.tailDegrees * variance;
    const excess = -25 * decades + (offDb[i] ?? 0);
    links.numbers.set([gatewayX, gatewayY, 2, excess, 0.5 * perDecade * 2.5, spread, 1 / spread], i * linkSize);
  });
  links.count = corners.length;
  const bounds = { minX: 0, minY: 0, maxX: 20, maxY: 15 };
  return { links, strengthVariance: 2, bounds, rules: defaultRules, priorX: x, priorY: y, perPrior: 1 / 6 };
}

/** Log of the posterior written out from its formula: Student t in dB, wider on the weak side. */
function plainLog({ links, ...problem }: Problem, x: number, y: number): number {
  const nu = defaultRules.tailDegrees;
  const all = Array.from({ length: links.count }, (_, i) => {
    const part = (name: keyof typeof linkPart): number => links.numbers[i * linkSize + linkPart[name]] ?? 0;
    const sqDist = (x - part('x')) ** 2 + (y - part('y')) ** 2 + part('sqRise');
    return part('excess') + 2 * part('perLogSq') * Math.log(Math.sqrt(Math.max(0.25, sqDist)));
  });
  const spread = (residual: number) => variance * (residual < 0 ? defaultRules.obstructionFactor : 1);
  const cost = (strength: number): number =>
    all.reduce(
      (sum, residual) => {
        const off = residual - strength;
        return sum + 0.5 * (nu + 1) * Math.log(1 + (off * off) / (nu * spread(off)));
      },
      (0.5 * strength ** 2) / problem.strengthVariance,
    );
  const least = Math.min(...Array.from({ length: 41 }, (_, i) => cost((i - 20) / 4)));
  return -least - 0.5 * problem.perPrior * ((x - problem.priorX) ** 2 + (y - problem.priorY) ** 2);
}

/** Mean and variances by a fine sum over the whole hall. */
function slowMoments(problem: Problem) {
  let [sum, sx, sy, sxx, syy] = [0, 0, 0, 0, 0];
  for (let x = 0.25; x < 20; x += 0.5) {
    for (let y = 0.25; y < 15; y += 0.5) {
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
  it.each([
    ['nine', coarsely, 0.2, 0.15],
    ['twenty-five', finely, 0.12, 0.12],
  ])('of %s points agree with a fine sum over the whole level, wherever the tag is', (_, fineness, off, wider) => {
    const offDbs = fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: 5, maxLength: 5 });
    const along = (most: number) => fc.double({ min: 3, max: most, noNaN: true });
    fc.assert(
      fc.property(along(17), along(12), offDbs, (x, y, offDb) => {
        const problem = problemAt(x, y, offDb);
        const slow = slowMoments(problem);
        const fast = emptySolution();
        descend(problem, x, y, fast);
        takeMoments(problem, fineness, fast);
        const sigma = Math.sqrt(slow.xx + slow.yy);
        expect(Math.hypot(fast.x - slow.x, fast.y - slow.y)).toBeLessThan(off * sigma);
        expect(Math.abs(Math.sqrt(fast.xx + fast.yy) / sigma - 1)).toBeLessThan(wider);
      }),
      { numRuns: 25, seed: 1, endOnFailure: true },
    );
  });

  it('never leave the level', () => {
    const out = { ...emptySolution(), x: 0.2, y: 14.8, xx: 9, yy: 9 };
    takeMoments(problemAt(0, 15, [0, 0, 0, 20, 0]), coarsely, out);
    expect(out.x >= 0 && out.y <= 15).toBe(true);
  });
});

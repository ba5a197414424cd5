import { expect, it } from 'vitest';
import { errorRadii } from '../../../src/core/positioning/error-radius';

/** Share of a normal with axes `a` and `b` inside a circle, by counting over a fine lattice. */
function shareInside(a: number, b: number, radius: number): number {
  const step = 0.01;
  let [inside, all] = [0, 0];
  for (let u = -5; u <= 5; u += step) {
    for (let v = -5; v <= 5; v += step * 5) {
      const density = Math.exp(-0.5 * (u * u + v * v));
      all += density;
      if ((a * u) ** 2 + (b * v) ** 2 <= radius * radius) inside += density;
    }
  }
  return inside / all;
}

it.each([
  [1, 1],
  [2, 1],
  [3, 1],
  [4, 0.4],
])('radii hold a normal with axes %d and %d five and nine times in ten', (a, b) => {
  const { radius50, radius90 } = errorRadii(a * a, 0, b * b, { radius50: 0, radius90: 0 });
  expect(Math.abs(shareInside(a, b, radius50) - 0.5)).toBeLessThan(0.03);
  expect(Math.abs(shareInside(a, b, radius90) - 0.9)).toBeLessThan(0.03);
});

it('radii do not change when the axes are turned', () => {
  const turned = errorRadii(2.5, 1.5, 2.5, { radius50: 0, radius90: 0 });
  const straight = errorRadii(4, 0, 1, { radius50: 0, radius90: 0 });
  expect(turned.radius50).toBeCloseTo(straight.radius50, 6);
  expect(turned.radius90).toBeCloseTo(straight.radius90, 6);
});

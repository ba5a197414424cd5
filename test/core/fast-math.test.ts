import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expDown, expDownClosely, quickLog } from '../../src/core/fast-math';

describe('quick arithmetic', () => {
  it('takes powers as Math.exp does, within half a percent, and nothing far down', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 15.99, noNaN: true }), (depth) => {
        expect(Math.abs(expDown(depth) / Math.exp(-depth) - 1)).toBeLessThan(0.005);
      }),
      { seed: 1 },
    );
    expect(expDown(16)).toBe(0);
    expect(expDown(Infinity)).toBe(0);
  });

  it('takes powers within a hundred-thousandth where it is asked to', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 15.99, noNaN: true }), (depth) => {
        expect(Math.abs(expDownClosely(depth) / Math.exp(-depth) - 1)).toBeLessThan(1e-5);
      }),
      { seed: 1 },
    );
    expect(expDownClosely(16)).toBe(0);
    expect(expDownClosely(Infinity)).toBe(0);
  });

  it('takes logarithms as Math.log does, within 0.0003', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (value) => {
        expect(Math.abs(quickLog(value) - Math.log(value))).toBeLessThan(0.0003);
      }),
      { seed: 1 },
    );
  });
});

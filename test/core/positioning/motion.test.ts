import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../src/core';
import { correct, gaitPart, gaitSize, predict } from '../../../src/core/positioning/kalman';
import {
  correctMotion,
  emptyGaits,
  meanMotion,
  meanPlace,
  predictMotion,
  startMotion,
} from '../../../src/core/positioning/motion';
import { seededNoise } from '../made-site';
import { gaitFrom, type PlainGait, plainOf, slowCorrect, slowMix, slowPredict } from './slow-motion';

const measure = (x: number, y: number, variance = 1, lagS = 0) => ({ x, y, xx: variance, xy: 0, yy: variance, lagS });
const unit = [0, 1, 2, 3].map((r) => [0, 1, 2, 3].map((c) => (r === c ? 1 : 0)));

function follow(places: readonly (readonly [number, number])[], variance: number) {
  const [first = [0, 0]] = places;
  const gaits = emptyGaits();
  startMotion(gaits, measure(...first, variance), defaultRules);
  for (const [x, y] of places.slice(1)) {
    predictMotion(Float32Array.from(gaits), 1, defaultRules, gaits);
    correctMotion(gaits, measure(x, y, variance), defaultRules);
  }
  const mean = emptyGaits();
  meanMotion(gaits, defaultRules.gaits.length, mean);
  const part = (name: keyof typeof gaitPart): number => mean[gaitPart[name]] ?? 0;
  return {
    ...{ x: part('x'), y: part('y'), vx: part('vx'), vy: part('vy') },
    weights: defaultRules.gaits.map((_, i) => gaits[i * gaitSize] ?? 0),
  };
}

function expectSame(fast: ArrayLike<number>, slow: PlainGait): void {
  const { state, covariance } = plainOf(fast);
  state.forEach((value, i) => expect(value).toBeCloseTo(slow.state[i] ?? NaN, 8));
  covariance.flat().forEach((value, i) => expect(value).toBeCloseTo(slow.covariance.flat()[i] ?? NaN, 8));
}

const number = fc.double({ min: -3, max: 3, noNaN: true });
const numbers = (length: number) => fc.array(number, { minLength: length, maxLength: length });
/** Any state with any covariance that is one. */
const someGait = fc
  .tuple(numbers(4), fc.array(numbers(4), { minLength: 4, maxLength: 4 }))
  .map(([state, root]) => gaitFrom(1, state, root));
const seconds = fc.double({ min: 0, max: 8, noNaN: true });

describe('a gait', () => {
  it('carried forward is what whole matrices make of it', () => {
    fc.assert(
      fc.property(someGait, seconds, (gait, dtS) => {
        const slow = slowPredict(plainOf(gait), dtS, 0.8, 4);
        predict(gait, 0, dtS, { speedMps: 0.8, courseS: 4 });
        expectSame(gait, slow);
      }),
      { seed: 1 },
    );
  });

  it('corrected by a place inside the gate is what whole matrices make of it', () => {
    const place = fc.tuple(number, number, fc.double({ min: 0.1, max: 4, noNaN: true }), seconds);
    fc.assert(
      fc.property(someGait, place, (gait, [x, y, variance, lagS]) => {
        const measured = measure(x, y, variance, lagS);
        const slow = slowCorrect(plainOf(gait), measured);
        correct(gait, 0, measured, 1e6);
        expectSame(gait, slow);
      }),
      { seed: 1 },
    );
  });

  it('in two steps is the same as in one', () => {
    const once = gaitFrom(1, [1, 2, 1, 0], unit);
    const twice = once.slice();
    predict(once, 0, 3, { speedMps: 0.8, courseS: 4 });
    predict(twice, 0, 1.2, { speedMps: 0.8, courseS: 4 });
    predict(twice, 0, 1.8, { speedMps: 0.8, courseS: 4 });
    once.forEach((value, i) => expect(twice[i]).toBeCloseTo(value, 9));
  });

  it('carried forward for long ends at rest, with the spread of its speed', () => {
    const gait = gaitFrom(1, [1, 2, 1, 0], unit);
    predict(gait, 0, 1000, { speedMps: 0.8, courseS: 4 });
    expect(gait[gaitPart.vx]).toBeCloseTo(0, 9);
    expect(gait[gaitPart.vxvx]).toBeCloseTo(0.64, 9);
  });

  it('corrected by a place as sure as itself goes half way', () => {
    const gait = gaitFrom(1, [0, 0, 0, 0], unit);
    correct(gait, 0, measure(2, 0), 10);
    expect(gait[gaitPart.x]).toBeCloseTo(1, 9);
    expect(gait[gaitPart.xx]).toBeCloseTo(0.5, 9);
  });

  it('is drawn little by one place far beyond the gate', () => {
    const gait = gaitFrom(1, [0, 0, 0, 0], unit);
    correct(gait, 0, measure(50, 0), 3);
    expect(gait[gaitPart.x]).toBeLessThan(3);
  });

  it('corrected by a place seen late is put ahead of it when it moves', () => {
    const gait = gaitFrom(1, [2, 0, 1, 0], unit);
    correct(gait, 0, measure(0, 0, 1, 2), 10);
    expect(gait[gaitPart.x]).toBeCloseTo(2, 9);
  });
});

describe('motion', () => {
  const noise = seededNoise(3, 0.5);

  it('has the mean and spread of its gaits together, as whole matrices give them', () => {
    const weight = fc.double({ min: 0.05, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(weight, someGait), { minLength: 3, maxLength: 3 }), (some) => {
        const all = emptyGaits();
        some.forEach(([own, gait], i) => all.set([own, ...gait.slice(1)], i * gaitSize));
        const mean = emptyGaits();
        meanMotion(all, defaultRules.gaits.length, mean);
        expectSame(mean, slowMix(some.map(([own, gait]) => ({ weight: own, gait: plainOf(gait) }))));
      }),
      { seed: 1 },
    );
  });

  const weight = fc.double({ min: 0.05, max: 1, noNaN: true });
  const someGaits = fc.array(fc.tuple(weight, someGait), { minLength: 3, maxLength: 3 }).map((some) => {
    const all = new Float32Array(3 * gaitSize);
    some.forEach(([own, gait], i) => all.set([own, ...gait.slice(1)], i * gaitSize));
    return all;
  });

  it('carried ahead mixes its gaits by how often tags change, each carried as whole matrices carry it', () => {
    fc.assert(
      fc.property(someGaits, seconds, (all, dtS) => {
        const fast = emptyGaits();
        predictMotion(all, dtS, defaultRules, fast);
        const changed = (1 - Math.exp(-defaultRules.gaitChangesPerS * dtS)) / 3;
        defaultRules.gaits.forEach(({ speedMps, courseS }, i) => {
          const mixed = slowMix(
            [0, 1, 2].map((j) => ({
              weight: (all[j * gaitSize] ?? 0) * (i === j ? 1 - 2 * changed : changed),
              gait: plainOf(all.subarray(j * gaitSize)),
            })),
          );
          expectSame(fast.subarray(i * gaitSize), slowPredict(mixed, dtS, speedMps, courseS));
        });
      }),
      { seed: 1 },
    );
  });

  it('has the same mean place by the short way', () => {
    fc.assert(
      fc.property(someGaits, (all) => {
        const mean = emptyGaits();
        meanMotion(all, 3, mean);
        const place = { x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
        meanPlace(all, 3, place);
        for (const name of ['x', 'y', 'xx', 'xy', 'yy'] as const) {
          expect(place[name]).toBeCloseTo(mean[gaitPart[name]] ?? NaN, 8);
        }
      }),
      { seed: 1 },
    );
  });

  it('follows a walk at 2 m/s', () => {
    const { x, vx, weights } = follow(
      Array.from({ length: 15 }, (_, s) => [2 * s + noise(), 5 + noise()]),
      0.5,
    );
    expect(Math.abs(x - 28)).toBeLessThan(1.2);
    expect(vx).toBeGreaterThan(1.4);
    expect(weights[2]).toBeGreaterThan(0.6);
  });

  it('rests when the tag rests', () => {
    const { x, y, vx, vy, weights } = follow(
      Array.from({ length: 30 }, () => [5 + noise(), 5 + noise()]),
      0.5,
    );
    expect(Math.hypot(x - 5, y - 5)).toBeLessThan(0.5);
    expect(Math.hypot(vx, vy)).toBeLessThan(0.2);
    expect(weights[0]).toBeGreaterThan(0.6);
  });
});

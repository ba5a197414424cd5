import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../src/core';
import { correct, predict } from '../../../src/core/positioning/kalman';
import {
  correctMotion,
  meanMotion,
  type Motion,
  predictMotion,
  startMotion,
} from '../../../src/core/positioning/motion';
import { seededNoise } from '../made-site';

const measure = (x: number, y: number, variance = 1, lagS = 0) => ({ x, y, xx: variance, xy: 0, yy: variance, lagS });

function follow(places: readonly (readonly [number, number])[], variance: number): Motion {
  const [first = [0, 0]] = places;
  let motion = startMotion(0, measure(...first, variance), defaultRules);
  places.slice(1).forEach(([x, y], i) => {
    motion = predictMotion(motion, (i + 1) * 1000, defaultRules);
    motion = correctMotion(motion, measure(x, y, variance), defaultRules);
  });
  return motion;
}

describe('a belief carried forward', () => {
  const still = { state: [1, 2, 1, 0], covariance: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };

  it('in two steps is the same as in one', () => {
    const once = predict(still, 3, 0.8, 4);
    const twice = predict(predict(still, 1.2, 0.8, 4), 1.8, 0.8, 4);
    once.state.forEach((value, i) => expect(twice.state[i]).toBeCloseTo(value, 9));
    once.covariance.forEach((value, i) => expect(twice.covariance[i]).toBeCloseTo(value, 9));
  });

  it('for long ends at rest, with the spread of its speed', () => {
    const { state, covariance } = predict(still, 1000, 0.8, 4);
    expect(state[2]).toBeCloseTo(0, 9);
    expect(covariance[10]).toBeCloseTo(0.64, 9);
  });
});

describe('a belief corrected', () => {
  const at = { state: [0, 0, 0, 0], covariance: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };

  it('by a place as sure as itself goes half way', () => {
    const { belief } = correct(at, measure(2, 0), 10);
    expect(belief.state[0]).toBeCloseTo(1, 9);
    expect(belief.covariance[0]).toBeCloseTo(0.5, 9);
  });

  it('is drawn little by one place far beyond the gate', () => {
    expect(correct(at, measure(50, 0), 3).belief.state[0]).toBeLessThan(3);
  });

  it('by a place seen late is put ahead of it when it moves', () => {
    const moving = { ...at, state: [2, 0, 1, 0] };
    expect(correct(moving, measure(0, 0, 1, 2), 10).belief.state[0]).toBeCloseTo(2, 9);
  });
});

describe('motion', () => {
  const noise = seededNoise(3, 0.5);

  it('follows a walk at 2 m/s', () => {
    const motion = follow(
      Array.from({ length: 15 }, (_, s) => [2 * s + noise(), 5 + noise()]),
      0.5,
    );
    const [x = 0, , vx = 0] = meanMotion(motion).state;
    expect(Math.abs(x - 28)).toBeLessThan(1.2);
    expect(vx).toBeGreaterThan(1.4);
    expect(motion.gaits[2]?.weight).toBeGreaterThan(0.6);
  });

  it('rests when the tag rests', () => {
    const motion = follow(
      Array.from({ length: 30 }, () => [5 + noise(), 5 + noise()]),
      0.5,
    );
    const [x = 0, y = 0, vx = 0, vy = 0] = meanMotion(motion).state;
    expect(Math.hypot(x - 5, y - 5)).toBeLessThan(0.5);
    expect(Math.hypot(vx, vy)).toBeLessThan(0.2);
    expect(motion.gaits[0]?.weight).toBeGreaterThan(0.6);
  });
});

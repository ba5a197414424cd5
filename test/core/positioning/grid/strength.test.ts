import { describe, expect, it } from 'vitest';
import { copyTrack, type Fix, type Point, type Sighting, type Track } from '../../../../src/core';
import { learnStrength, type Lesson, type Strength } from '../../../../src/core/positioning/grid/strength';
import { hearWalk, runAll, seededNoise, start } from '../../made-site';
import { gridModel, stateOf } from './made-grid';

const model = gridModel(0.75);

/** To and fro along the corridor, at 0.8 m/s. */
const corridor = (s: number): Point => {
  const way = (0.8 * s) % 20;
  return [1 + (way < 10 ? way : 20 - way), 1];
};

const hear = (louderDb: number, seconds: number, placeAt: (s: number) => Point, seed = 1): Sighting[] =>
  hearWalk(model, seconds, placeAt, { noise: seededNoise(seed, 3), perS: 4 }).map((own) => ({
    ...own,
    rssi: own.rssi + louderDb,
  }));

const strengthOf = (track: Track | null): Strength => stateOf(track).strength;

const known: Strength = { mean: 0, variance: 9 };
const told = { pull: 2, spread: 0.5, knowledge: 1, misfit: 1, walking: 0.9 };
const lesson = { told, share: 0.5, dtS: 1, most: 9 };
const resting = { ...told, walking: 0 };

function after(before: Strength, taught: Lesson): Strength {
  const strength = { ...before };
  learnStrength(strength, taught);
  return strength;
}

describe('the strength of a tag', () => {
  it.each([-5, 0, 5])('that walks, and is %i dB louder than others, is learnt', (louderDb) => {
    const { track } = runAll(model, hear(louderDb, 120, corridor));
    const { mean, variance } = strengthOf(track);
    expect(Math.abs(mean - louderDb)).toBeLessThan(2);
    expect(variance).toBeLessThan(1);
  });

  it('once learnt helps to find it where it rests', () => {
    const error = ({ x, y }: Fix): number => Math.hypot(x - 10, y - 6);
    const later = hear(-6, 12, () => [10, 6], 2).map((own) => ({ ...own, heardAt: own.heardAt + 121_000 }));
    const { track } = runAll(model, hear(-6, 120, corridor));
    expect(error(runAll(model, later, track).last)).toBeLessThan(error(runAll(model, later).last) + 0.2);
    expect(strengthOf(runAll(model, later, track).track).mean).toBeLessThan(-3);
  });

  it('outlives a silence and the store', () => {
    const { track } = runAll(model, hear(-5, 120, corridor));
    const before = strengthOf(track);
    expect(strengthOf(copyTrack(track, model))).toEqual(before);
    const from = start + 600_000;
    const after = hearWalk(model, 0, () => [10, 6], { from });
    expect(strengthOf(runAll(model, after, track).track).mean).toBe(before.mean);
  });

  it('is taught by new places only: nothing by a tag at rest', () => {
    expect(after(known, { ...lesson, told: { ...told, walking: 0.4 } })).toEqual(known);
    const learnt = after(known, lesson);
    expect(learnt.mean).toBeGreaterThan(0.5);
    expect(learnt.mean).toBeLessThan(2);
    expect(learnt.variance).toBeLessThan(known.variance);
  });

  it('is learnt less from a look that leaves the place open', () => {
    const vague = after(known, { ...lesson, told: { ...told, spread: 20 } });
    expect(vague.mean).toBeLessThan(after(known, lesson).mean / 2);
  });

  it('is forgotten slowly, and never less known than that of a new tag', () => {
    const rested = after({ mean: 3, variance: 1 }, { ...lesson, told: resting, dtS: 900 });
    expect(rested).toEqual({ mean: 3, variance: 1.9 });
    expect(after(rested, { ...lesson, told: resting, dtS: 1e6 }).variance).toBe(9);
  });
});

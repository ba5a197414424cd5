import { describe, expect, it } from 'vitest';
import {
  advance,
  buildSite,
  buildSiteModel,
  copyTrack,
  packTrack,
  type Point,
  type Sighting,
  type Track,
} from '../../../../src/core';
import { box, hearWalk, madeSite, runAll, seededNoise, start, surveyed } from '../../made-site';
import { gridModel } from './made-grid';

const model = gridModel(0.75);
const noisy = (seed: number, sigma = 4) => ({ noise: seededNoise(seed, sigma) });
const distance = (fix: { x: number; y: number }, [x, y]: Point): number => Math.hypot(fix.x - x, fix.y - y);

describe('a tag followed over the plan', () => {
  it('that rests beside a wall keeps its room', () => {
    for (const seed of [1, 2, 3]) {
      const { moves } = runAll(
        model,
        hearWalk(model, 120, () => [4.5, 5], noisy(seed)),
      );
      const zones = moves.filter(({ fix }) => fix.at > start + 10_000).map(({ fix }) => fix.zoneId);
      expect(new Set(zones)).toEqual(new Set(['west']));
    }
  });

  it('that rests beside a wall and speaks every four seconds is seldom said to change rooms', () => {
    const changes = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((seed) =>
      runAll(
        model,
        hearWalk(model, 240, () => [5.5, 5], { ...noisy(seed, 5), perS: 0.25 }),
      )
        .moves.filter(({ fix }) => fix.at > start + 30_000)
        .flatMap((move) => move.changes.filter(({ type }) => type === 'entered')),
    );
    expect(changes.length).toBeLessThan(7);
  });

  it('that walks from room to room is seen in the corridor between, and never jumps the wall', () => {
    const path = (s: number): Point => {
      if (s < 5) return [1.5, 6 - s];
      if (s < 14) return [1.5 + (s - 5), 1];
      return [10.5, Math.min(6, 1 + (s - 14))];
    };
    const { moves } = runAll(model, hearWalk(model, 30, path, { ...noisy(4, 3), perS: 4 }));
    const known = moves.filter(({ fix }) => fix.at > start + 1_000);
    const named = known.flatMap(({ fix }) => fix.zoneId ?? []);
    const zones = named.filter((zone, i) => zone !== named[i - 1]);
    expect(zones).toEqual(['west', 'corridor', 'east']);
    const errors = known.map(({ fix }) => distance(fix, path((fix.at - start) / 1000)));
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(1.8);
  });

  it('that sets off after a rest, and walks briskly, is followed at once', () => {
    const restS = 40;
    const path = (s: number): Point => {
      const way = 1.4 * Math.max(0, s - restS);
      if (way < 5) return [1.5, 6 - way];
      if (way < 14) return [1.5 + (way - 5), 1];
      return [10.5, Math.min(6, 1 + (way - 14))];
    };
    const errors = [1, 2, 3, 4, 5, 6].flatMap((seed) =>
      runAll(model, hearWalk(model, restS + 14, path, { ...noisy(seed), perS: 2 }))
        .moves.filter(({ fix }) => fix.at > start + 1000 * (restS + 2))
        .map(({ fix }) => distance(fix, path((fix.at - start) / 1000))),
    );
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(3.4);
  });

  it('heard again after minutes is where it is now', () => {
    const { track } = runAll(
      model,
      hearWalk(model, 10, () => [2, 5]),
    );
    const { last } = runAll(
      model,
      hearWalk(model, 2, () => [10, 5], { from: start + 300_000 }),
      track,
    );
    expect(distance(last, [10, 5])).toBeLessThan(2.5);
  });

  it('is told from the level above through the slab, and changes level once', () => {
    const floor = {
      outline: box(0, 0, 20, 15),
      gateways: [
        [0, 0],
        [20, 0],
        [20, 15],
        [0, 15],
        [10, 7],
      ] as const,
    };
    const tower = buildSiteModel(madeSite(floor, floor), null, { method: 'bayes-grid' });
    const { track, last } = runAll(
      tower,
      hearWalk(tower, 20, () => [7, 5], { ...noisy(5), level: 0 }),
    );
    expect(last.levelId).toBe('L0');
    const up = runAll(
      tower,
      hearWalk(tower, 12, () => [7, 5], { ...noisy(6), level: 1, from: start + 20_500 }),
      track,
    );
    const levels = up.moves.map(({ fix }) => fix.levelId);
    expect(levels.at(-1)).toBe('L1');
    expect(levels.filter((id, i) => i > 0 && id !== levels[i - 1])).toHaveLength(1);
  });

  it('changes level at the stairs, and not for a quarter of a minute heard far from them', () => {
    const rooms = (i: number) => ({ [`hall-${i}`]: box(0, 0, 26, 15), [`stairs-${i}`]: box(26, 0, 30, 15) });
    const drawn = madeSite(
      ...[0, 1].map((i) => ({
        rooms: rooms(i),
        gateways: [
          [0, 0],
          [30, 0],
          [30, 15],
          [0, 15],
          [10, 7],
        ] as const,
      })),
    );
    const levels = drawn.levels.map((level) => ({
      ...level,
      units: level.units.map((unit) => ({ ...unit, connector: unit.id.startsWith('stairs') ? 'stairs' : null })),
    }));
    const site = buildSite({ ...drawn, levels, gateways: [...drawn.gatewayById.values()] });
    const tower = buildSiteModel(site, surveyed, { method: 'bayes-grid' });
    const levelAfter = (place: Point): string => {
      const { track } = runAll(
        tower,
        hearWalk(tower, 20, () => place),
      );
      const above = hearWalk(tower, 16, () => place, { level: 1, from: start + 20_500 });
      return runAll(tower, above, track).last.levelId;
    };
    expect(levelAfter([28, 7])).toBe('L1');
    expect(levelAfter([3, 7])).toBe('L0');
  });

  it('starts anew on a plan drawn anew', () => {
    const { track } = runAll(
      model,
      hearWalk(model, 5, () => [2, 5]),
    );
    const { last } = runAll(
      gridModel(1),
      hearWalk(model, 3, () => [10, 5], { from: start + 6_000 }),
      track,
    );
    expect(distance(last, [10, 5])).toBeLessThan(2.5);
  });

  it('gives the same moves however its sightings are cut, in a track of few bytes', () => {
    const heard = hearWalk(model, 20, (s) => [1 + s / 5, 5], noisy(7));
    const run = (size: number) => {
      const moves: unknown[] = [];
      let track: Track | null = null;
      for (let from = 0; from < heard.length; from += size) {
        const batch: readonly Sighting[] = heard.slice(from, from + size);
        const step: ReturnType<typeof advance> = advance(track, batch, start + 60_000, model);
        moves.push(...step.moves);
        track = step.track === null ? null : copyTrack(step.track, model);
      }
      return { moves, packed: track === null ? null : packTrack(track) };
    };
    const whole = run(heard.length);
    for (const size of [1, 3, 17]) expect(run(size)).toEqual(whole);
    expect(whole.packed?.length).toBeLessThan(5_000);
  });

  it('followed by the other method before starts anew', () => {
    const plain = buildSiteModel(model.site, null);
    const { track } = runAll(
      plain,
      hearWalk(plain, 5, () => [2, 5]),
    );
    const { last } = runAll(
      model,
      hearWalk(model, 3, () => [2, 5], { from: start + 6_000 }),
      track,
    );
    expect(distance(last, [2, 5])).toBeLessThan(2);
  });
});

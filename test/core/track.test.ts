import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advance,
  buildSiteModel,
  copyTrack,
  endSilent,
  gatewayId,
  type Move,
  newestFix,
  packTrack,
  type Point,
  type Sighting,
  tagId,
  type Track,
} from '../../src/core';
import { box, hall, hearAt, hearWalk, madeSite, runAll, seededNoise, start, surveyed } from './made-site';

const model = buildSiteModel(hall, surveyed);
const distance = (fix: { x: number; y: number }, [x, y]: Point): number => Math.hypot(fix.x - x, fix.y - y);
const noisy = (seed: number, sigma = 4) => ({ noise: seededNoise(seed, sigma) });

describe('what is dropped', () => {
  const [first] = hearAt(model, [15, 10], start);
  if (first === undefined) throw new Error('nothing heard');
  const drop = (...heard: readonly Sighting[]) => advance(null, heard, start, model).dropped;

  it.each<[string, Sighting[], object]>([
    ['the same sighting again', [first, first], { duplicate: 1 }],
    ['one older than the window', [first, { ...first, heardAt: start - 10_001 }], { late: 1 }],
    [
      'one from a gateway nobody placed on the site',
      [{ ...first, gatewayId: gatewayId('x') }],
      { 'unknown-gateway': 1 },
    ],
    ['one from the future', [{ ...first, heardAt: start + 5_001 }], { ahead: 1 }],
    ['nothing of a plain pair', [first, { ...first, heardAt: start + 1 }], {}],
  ])('%s', (_, heard, expected) => {
    expect(drop(...heard)).toEqual(expected);
  });

  it('leaves no track when nothing was taken', () => {
    expect(advance(null, [{ ...first, gatewayId: gatewayId('x') }], start, model)).toEqual({
      track: null,
      moves: [],
      dropped: { 'unknown-gateway': 1 },
    });
  });

  it('what was heard hours ago is forgotten when the tag is heard again', () => {
    const { track } = runAll(
      model,
      hearWalk(model, 4, () => [10, 8]),
    );
    const later = start + 5 * 3_600_000;
    const again = runAll(
      model,
      hearWalk(model, 4, () => [22, 14], { from: later }),
      track,
    );
    expect(again.track.newestAt).toBe(later + 4_000);
    expect(distance(again.last, [22, 14])).toBeLessThan(2);
    const { samples, begin, end } = again.track.window;
    const instants = [...samples.subarray(begin, end)].filter((_, i) => i % 2 === 0);
    expect(instants.every((at) => again.track.origin + at >= later)).toBe(true);
  });

  it('a late sighting inside the window still counts', () => {
    const heard = hearWalk(model, 4, () => [10, 8]);
    const late = { ...first, heardAt: start + 2_100, rssi: -60 };
    const { dropped, track } = advance(null, [...heard, late], start + 4_000, model);
    expect(dropped).toEqual({});
    if (track === null) throw new Error('no track');
    const instants = track.window.samples.filter((_, i) => i % 2 === 0);
    expect([...instants]).toContain(2_100);
  });
});

describe('a burst', () => {
  it('of a tag newly heard is used to its last gateway', () => {
    const heard = hearAt(model, [8, 14], start, noisy(1, 2));
    const { moves, last } = runAll(model, heard);
    expect(moves).toHaveLength(heard.length);
    expect(distance(last, [8, 14])).toBeLessThan(4);
    expect(last.at).toBe(start);
  });

  it('costs two fixes a second at most once the tag is known', () => {
    const { moves } = runAll(
      model,
      hearWalk(model, 60, (s) => [5 + s / 3, 10], { perS: 10 }),
    );
    expect(moves.length).toBeLessThan(60 * 2 + 20);
  });
});

describe('a tag', () => {
  it('that walks at 2 m/s is followed', () => {
    const path = (s: number): Point => [2 + 2 * s, 10];
    const { last, moves } = runAll(model, hearWalk(model, 13, path, noisy(2)));
    expect(distance(last, path(13))).toBeLessThan(3);
    const late = moves.slice(10).map(({ fix }) => distance(fix, path((fix.at - start) / 1000)));
    expect(late.reduce((sum, error) => sum + error, 0) / late.length).toBeLessThan(3);
    expect(last.moving).toBe(true);
  });

  it('that rests, rests', () => {
    const { moves, last } = runAll(
      model,
      hearWalk(model, 90, () => [12, 9], { ...noisy(3), perS: 1 }),
    );
    const settled = moves.filter(({ fix }) => fix.at > start + 30_000);
    const steps = settled.slice(1).map(({ fix }, i) => distance(fix, [settled[i]?.fix.x ?? 0, settled[i]?.fix.y ?? 0]));
    expect(steps.reduce((sum, step) => sum + step, 0) / steps.length).toBeLessThan(0.5);
    expect(last.moving).toBe(false);
    expect(moves.at(-1)?.restingSince).toBeLessThan(start + 40_000);
  });

  it('that rests has a fix every four seconds, and one within two of another room', () => {
    const rest = hearWalk(model, 60, () => [6, 10], { ...noisy(4, 2), perS: 2 });
    const { track, moves } = runAll(model, rest);
    const late = moves.filter(({ fix }) => fix.at >= start + 40_000);
    expect(late.length).toBeLessThan(11);
    const away = hearAt(model, [25, 10], start + 61_000);
    const after = [0, 500, 1000].flatMap((ms) => away.map((one) => ({ ...one, heardAt: one.heardAt + ms })));
    const told = advance(track, after, start + 63_000, model).moves;
    expect(told.length).toBeGreaterThan(0);
    expect(told[0]?.fix.at).toBeLessThanOrEqual(start + 62_500);
  });

  it('that set off after a rest is moving within eight seconds', () => {
    const rest = hearWalk(model, 60, () => [6, 10], { ...noisy(4), perS: 1 });
    const { track } = runAll(model, rest);
    const off = hearWalk(model, 8, (s) => [6 + 1.4 * s, 10], { ...noisy(5), from: start + 61_000 });
    const { last, moves } = runAll(model, off, track);
    expect(last.moving).toBe(true);
    expect(moves.at(-1)?.restingSince).toBeNull();
  });

  it('never leaves the outline of its level', () => {
    const corner: [number, number][] = [
      [0, 0],
      [30, 0],
      [30, 10],
      [12, 10],
      [12, 20],
      [0, 20],
      [0, 0],
    ];
    const shaped = buildSiteModel(
      madeSite({
        outline: [corner],
        gateways: [
          [0, 0],
          [30, 0],
          [30, 10],
          [12, 20],
          [0, 20],
        ],
      }),
      null,
    );
    const { moves } = runAll(
      shaped,
      hearWalk(shaped, 20, (s) => [25 - s, 8 + s], noisy(6)),
    );
    for (const { fix } of moves) {
      expect(fix.x).toBeGreaterThanOrEqual(0);
      expect(fix.x <= 12.01 || fix.y <= 10.01).toBe(true);
    }
  });

  it('heard again after minutes is where it is now, not on the way', () => {
    const { track } = runAll(
      model,
      hearWalk(model, 10, () => [3, 3]),
    );
    const { last } = runAll(
      model,
      hearWalk(model, 2, () => [26, 16], { from: start + 300_000 }),
      track,
    );
    expect(distance(last, [26, 16])).toBeLessThan(4);
  });
});

describe('levels', () => {
  const corners = [
    [0, 0],
    [20, 0],
    [20, 15],
    [0, 15],
    [10, 7],
  ] as const;
  const tower = buildSiteModel(
    madeSite(...[0, 1, 2].map(() => ({ outline: box(0, 0, 20, 15), gateways: corners }))),
    null,
  );

  it('are told apart through their slabs', () => {
    for (const level of [0, 1, 2]) {
      const { last } = runAll(
        tower,
        hearWalk(tower, 5, () => [7, 5], { ...noisy(7), level }),
      );
      expect(last.levelId).toBe(`L${level}`);
    }
  });

  it('change only after another has led for several fixes, and then stay changed', () => {
    const { track } = runAll(
      tower,
      hearWalk(tower, 20, () => [7, 5], { level: 0 }),
    );
    const up = hearWalk(tower, 12, () => [7, 5], { level: 1, from: start + 20_500 });
    const { moves } = runAll(tower, up, track);
    const levels = moves.map(({ fix }) => fix.levelId);
    expect(levels[0]).toBe('L0');
    expect(levels.at(-1)).toBe('L1');
    expect(levels.filter((id, i) => i > 0 && id !== levels[i - 1])).toHaveLength(1);
  });

  it('do not change for one loud gateway', () => {
    const heard = hearWalk(tower, 20, () => [7, 5], { ...noisy(8), level: 1 });
    const odd = heard.map((sighting, i) =>
      i % 37 === 20
        ? { ...sighting, gatewayId: gatewayId('l2-4'), rssi: -55, heardAt: sighting.heardAt + 1 }
        : sighting,
    );
    const later = runAll(tower, odd).moves.filter(({ fix }) => fix.at > start + 500);
    const levels = new Set(later.map(({ fix }) => fix.levelId));
    expect([...levels]).toEqual(['L1']);
  });
});

describe('zones', () => {
  const rooms = buildSiteModel(
    madeSite({
      rooms: { west: box(0, 0, 12, 10), east: box(12, 0, 24, 10) },
      doors: [['west', 'east']],
      gateways: [
        [0, 0],
        [12, 0],
        [24, 0],
        [0, 10],
        [12, 10],
        [24, 10],
      ],
    }),
    null,
  );

  it('are entered and left in turn, once for each walk through the door', () => {
    const there = hearWalk(rooms, 16, (s) => [4 + s, 5], noisy(9, 3));
    const { moves, track } = runAll(rooms, there);
    const words = moves.flatMap(({ changes }) => changes.map((change) => change.type));
    expect(words).toEqual(['entered', 'left', 'entered']);
    expect(track.presence).toMatchObject({ zoneId: 'east' });
  });
});

describe('silence', () => {
  const { track } = runAll(
    model,
    hearWalk(model, 3, () => [10, 10]),
  );

  it('is told once the tag was not heard long enough on our clock', () => {
    expect(endSilent(track, track.receivedAt + 119_999, 120_000)).toBeNull();
    const move = endSilent(track, track.receivedAt + 120_000, 120_000);
    expect(move).toMatchObject({ fix: newestFix(track), presence: null, keep: false });
    expect(move?.changes).toEqual([{ type: 'silent', at: track.newestAt }]);
  });
});

describe('the cut into batches', () => {
  const walk = hearWalk(model, 20, (s) => [3 + s, 4 + s / 2], noisy(10)).map((sighting) => ({
    ...sighting,
    tagId: tagId('a'),
  }));

  const run = (heard: readonly Sighting[], cuts: readonly number[]): { moves: Move[]; packed: Buffer | null } => {
    const moves: Move[] = [];
    let track: Track | null = null;
    let from = 0;
    for (const to of [...[...cuts].sort((a, b) => a - b), heard.length]) {
      const step: ReturnType<typeof advance> = advance(track, heard.slice(from, to), start + 60_000, model);
      moves.push(...step.moves);
      track = step.track === null ? null : copyTrack(step.track, model);
      from = to;
    }
    return { moves, packed: track === null ? null : packTrack(track) };
  };

  it('changes nothing, in order or out of order, written down and read back', () => {
    const jitter = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: walk.length, maxLength: walk.length });
    fc.assert(
      fc.property(fc.array(fc.nat(walk.length), { maxLength: 30 }), jitter, (cuts, delays) => {
        const arrived = walk
          .map((sighting, i) => ({ sighting, order: i + 9 * (delays[i] ?? 0) }))
          .sort((a, b) => a.order - b.order)
          .map(({ sighting }) => sighting);
        expect(run(arrived, cuts)).toEqual(run(arrived, []));
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  it('leaves a track small enough to keep thousands', () => {
    expect(run(walk, []).packed?.length).toBeLessThan(2_048);
  });
});

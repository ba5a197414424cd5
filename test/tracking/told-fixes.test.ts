import { describe, expect, it } from 'vitest';
import { type Fix, levelId, type Move, type TagId, tagId, unitId } from '../../src/core';
import { leaveOutRepeats } from '../../src/tracking/told-fixes';

const told: Fix = {
  ...{ tagId: tagId('a'), at: 100_000, levelId: levelId('L0'), x: 10, y: 20, radius50: 2, radius90: 4 },
  ...{ zoneId: unitId('U1'), sectionId: null, zoneProbability: 0.9, zones: [], moving: false },
};

const move = (fix: Partial<Fix>): Move => ({
  ...{ tagId: told.tagId, fix: { ...told, ...fix }, changes: [], presence: null, restingSince: 0, keep: false },
  receivedAt: 0,
});

/** How many of these are told of a tag of which `told` was told before. */
const tellings = (...positions: Move[]): number =>
  leaveOutRepeats({ news: [], positions }, new Map<TagId, Fix>([[told.tagId, told]])).positions.length;

describe('of a tag at rest', () => {
  it('a place within a quarter of its error of the one told is not told again for ten seconds', () => {
    expect(tellings(move({ at: 104_000 }), move({ at: 109_999, x: 10.3, y: 20.3 }))).toBe(0);
    expect(tellings(move({ at: 110_000 }))).toBe(1);
  });

  it('steps too small to be told one by one are told when they have come to something', () => {
    const steps = Array.from({ length: 9 }, (_, i) => move({ at: 101_000 + 1000 * i, x: 10.1 + 0.1 * i }));
    expect(tellings(...steps)).toBe(1);
  });

  it.each<[string, Partial<Fix>]>([
    ['sets off', { moving: true }],
    ['is on another level', { levelId: levelId('L1') }],
    ['is in another unit', { zoneId: unitId('U2') }],
    ['is in its unit less surely', { zoneProbability: 0.84 }],
    ['is known less well', { radius50: 2.6 }],
    ['is a step away', { y: 20.6 }],
  ])('that it %s is told at once', (_, fix) => {
    expect(tellings(move({ at: 101_000, ...fix }))).toBe(1);
  });
});

it('of a tag on the move every position is told', () => {
  expect(tellings(move({ at: 101_000, moving: true }), move({ at: 102_000, moving: true }))).toBe(2);
});

it('a position like the news just told is not told besides', () => {
  const known = new Map<TagId, Fix>();
  const news = [move({ at: 200_000 })];
  const { positions, newest } = leaveOutRepeats({ news, positions: [move({ at: 204_000 })] }, known);
  expect(positions).toEqual([]);
  expect(newest.get(told.tagId)?.at).toBe(200_000);
});

it('what was to be told but could not be written is told the next time', () => {
  const known = new Map<TagId, Fix>([[told.tagId, told]]);
  const moves = { news: [], positions: [move({ at: 101_000, y: 20.6 })] };
  expect(leaveOutRepeats(moves, known).positions).toHaveLength(1);
  expect(leaveOutRepeats(moves, known).positions).toHaveLength(1);
});

import { describe, expect, it } from 'vitest';
import { buildSiteModel, defaultRules, type Fix, levelId, type Presence, unitId } from '../../../src/core';
import { advancePresence } from '../../../src/core/presence/presence';
import { type Anchor, isSettled, moveAnchor } from '../../../src/core/presence/rest';
import { isWorthKeeping, keepFix } from '../../../src/core/presence/thinning';
import { box, madeSite, start, tag } from '../made-site';

const rooms = { a: box(0, 0, 5, 5), b: box(5, 0, 10, 5), c: box(10, 0, 15, 5) };
const model = buildSiteModel(madeSite({ rooms, gateways: [[1, 1]] }), null);
const level = levelId('L0');
const inside = (zone: string, since = 0): Presence => ({ zoneId: unitId(zone), levelId: level, since });
const words = (zone: string | null, before: Presence | null, x: number, fromX: number, zones: Fix['zones'] = []) => {
  const zoneId = zone === null ? null : unitId(zone);
  const step = { at: 9, levelId: level, zoneId, zones, x, y: 2, from: { levelId: level, x: fromX, y: 2 } };
  const after = advancePresence(before, step, model) ?? { presence: before, changes: [] };
  return {
    presence: after.presence,
    words: after.changes.map((change) => (change.type === 'silent' ? 'silent' : `${change.type} ${change.zoneId}`)),
  };
};

describe('presence', () => {
  it.each([
    ['a tag first seen', 'a', null, ['entered a'], inside('a', 9)],
    ['a tag that stays', 'a', inside('a', 3), [], inside('a', 3)],
    ['a tag next door', 'b', inside('a'), ['left a', 'entered b'], inside('b', 9)],
    ['a tag outside every zone', null, inside('a'), ['left a'], null],
    ['a tag still outside', null, null, [], null],
  ])('%s', (_, zone, before, expected, after) => {
    const step = words(zone, before, zone === 'b' ? 6 : 2, 2);
    expect(step).toEqual({ presence: after, words: expected });
  });

  it('lasts while no unit is named, until its own has become unlikely', () => {
    const unsure = (share: number): Fix['zones'] => [
      [unitId('b'), 0.45],
      [unitId('a'), share],
    ];
    expect(words(null, inside('a', 3), 4, 2, unsure(0.3))).toEqual({ presence: inside('a', 3), words: [] });
    expect(words(null, inside('a', 3), 6, 2, unsure(0.05))).toEqual({ presence: null, words: ['left a'] });
  });

  it('begins where a unit is likely enough, not where it is only likelier than all others together', () => {
    const named = (share: number): Fix['zones'] => [
      [unitId('b'), share],
      [unitId('a'), 1 - share],
    ];
    expect(words('b', inside('a', 3), 6, 2, named(0.55))).toEqual({ presence: inside('a', 3), words: [] });
    expect(words('b', inside('a', 3), 6, 2, named(0.6)).words).toEqual(['left a', 'entered b']);
    expect(words('b', null, 6, 2, named(0.55)).presence).toBeNull();
  });

  it('of a tag at rest goes over to a room many times as likely, and to no other', () => {
    const split = (share: number): Fix['zones'] => [
      [unitId('b'), share],
      [unitId('a'), 1 - share],
    ];
    const at = { at: 9, levelId: level, zoneId: unitId('b'), x: 6, y: 2, from: null };
    const after = (share: number, isAtRest: boolean, sinceS = 0) => {
      const before = inside('a', 9 - 1000 * sinceS);
      const step = advancePresence(before, { ...at, zones: split(share), isAtRest }, model);
      return (step === null ? before : step.presence)?.zoneId;
    };
    expect(after(0.7, true)).toBe('a');
    expect(after(0.92, true)).toBe('b');
    expect(after(0.92, true, 120)).toBe('a');
    expect(after(0.98, true, 120)).toBe('b');
    expect(after(0.7, false)).toBe('b');
  });

  it('crosses what lies between two fixes', () => {
    expect(words('c', inside('a'), 12, 2).words).toEqual(['left a', 'crossed b', 'entered c']);
  });
});

const fix: Fix = {
  tagId: tag,
  at: start,
  levelId: level,
  x: 1,
  y: 1,
  radius50: 2,
  radius90: 4,
  zoneId: unitId('a'),
  sectionId: null,
  zoneProbability: 1,
  zones: [],
  moving: false,
};

describe('thinning', () => {
  it.each([
    ['the first fix', null, {}, true],
    ['the same place a second later', fix, { at: start + 1000 }, false],
    ['a move within the error', fix, { at: start + 1000, x: 2.9 }, false],
    ['a move beyond the error', fix, { at: start + 1000, x: 3.1 }, true],
    ['another unit', fix, { at: start + 1000, zoneId: unitId('b') }, true, unitId('b')],
    ['another unit that is named and not entered', fix, { at: start + 1000, zoneId: unitId('b') }, false],
    ['a minute later', fix, { at: start + 60_000 }, true],
    ['a revision of the same instant', fix, { zoneId: unitId('b') }, false, unitId('b')],
  ])('%s is kept: %#', (_, kept, change, expected, isIn = unitId('a')) => {
    const before = kept === null ? null : keepFix(kept, kept.zoneId, null);
    expect(isWorthKeeping({ ...fix, ...change }, isIn, before, defaultRules)).toBe(expected);
  });
});

describe('rest', () => {
  const settled = (): Anchor => moveAnchor(null, fix, false, defaultRules);
  /** When a tag has rested since that is found at these x in turn, ten seconds apart, and leaves its room at some. */
  const restsSince = (found: readonly number[], leavesAt: readonly number[] = []): number => {
    let own = settled();
    found.forEach((x, i) => {
      const place = { ...fix, x, at: start + 10_000 * (i + 1) };
      own = moveAnchor(own, place, leavesAt.includes(i), defaultRules);
    });
    return own.since - start;
  };

  it('is reached after staying long enough within the error', () => {
    expect(isSettled(settled(), { ...fix, at: start + 14_999 }, defaultRules)).toBe(false);
    expect(isSettled(settled(), { ...fix, at: start + 15_000, x: 2.5 }, defaultRules)).toBe(true);
    expect(isSettled(settled(), { ...fix, at: start + 15_000, x: 3.9 }, defaultRules)).toBe(false);
  });

  it('starts again where the tag has gone', () => {
    const moved = moveAnchor(settled(), { ...fix, at: start + 5000, x: 2 }, false, defaultRules);
    expect(moved).toEqual({ ...settled(), xMm: 1050 });
    expect(moveAnchor(settled(), { ...fix, at: start + 5000, x: 9 }, false, defaultRules)).toMatchObject({
      xMm: 9000,
      since: start + 5000,
    });
  });

  it.each([
    ['never strays', [1, 1, 1, 1, 1], [], 0],
    ['is found elsewhere for a look', [1, 1, 9, 1, 1, 1], [], 0],
    ['strays for a while and settles beside where it was', [1, 1, 9, 6, 3, 3, 3], [], 0],
    ['strays before it has settled', [9, 1, 1, 1], [], 20_000],
    ['settles farther away than its error', [1, 1, 9, 9, 9], [], 30_000],
    ['has been out of the room', [1, 1, 9, 1, 1, 1], [2], 40_000],
    ['has been out of the room without settling there', [1, 1, 9, 6, 1, 1, 1], [3], 50_000],
    ['has rested elsewhere in between', [1, 1, 9, 9, 9, 1, 1, 1], [], 60_000],
  ])('of a tag that %s is one as long as it may be', (_, found, leavesAt, expected) => {
    expect(restsSince(found, leavesAt)).toBe(expected);
  });
});

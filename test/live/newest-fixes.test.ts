import { describe, expect, it } from 'vitest';
import { type Fix, levelId, type Move, tagId } from '../../src/core';
import { NewestFixes } from '../../src/live/newest-fixes';

const fix = (tag: string, at: number, level = 'L0', x = 1): Fix => ({
  tagId: tagId(tag),
  at,
  levelId: levelId(level),
  x,
  y: 2,
  radius50: 1,
  radius90: 2,
  zoneId: null,
  sectionId: null,
  zoneProbability: 0,
  zones: [],
  moving: false,
});

const move = (of: Fix, changes: Move['changes'] = []): Move => ({
  tagId: of.tagId,
  fix: of,
  changes,
  presence: null,
  restingSince: null,
  keep: false,
  receivedAt: of.at,
});

const silent = (of: Fix): Move => move(of, [{ type: 'silent', at: of.at }]);

/** With levels somebody watches. */
function watched(...levels: readonly string[]): NewestFixes {
  const newest = new NewestFixes();
  for (const level of levels) newest.watch(level);
  return newest;
}

describe('the newest fixes', () => {
  it('give a newcomer every tag of a level, each once, as it was last', () => {
    const newest = watched('L0', 'L1');
    newest.apply(move(fix('a', 1000, 'L0', 5)));
    newest.apply(move(fix('a', 2000, 'L0', 6)));
    newest.apply(move(fix('b', 1500, 'L1')));
    const snapshot = newest.snapshot('L0', 3000);
    expect(snapshot.fixes.map(({ tagId, x }) => [tagId, x])).toEqual([['a', 6]]);
    expect(snapshot.now).toBe(3000);
  });

  it('let no older fix replace a newer one', () => {
    const newest = watched('L0', 'L1');
    newest.apply(move(fix('a', 2000, 'L0', 6)));
    newest.takeChanges(0);
    newest.apply(move(fix('a', 1000, 'L0', 5)));
    expect(newest.takeChanges(0)).toEqual([]);
    expect(newest.snapshot('L0', 0).fixes[0]?.x).toBe(6);
  });

  it('tell each tag once however often it moved, then nothing until it moves again', () => {
    const newest = watched('L0', 'L1');
    for (let at = 0; at < 10; at++) newest.apply(move(fix('a', at, 'L0', at)));
    const [batch] = newest.takeChanges(99);
    expect(batch?.fixes.map(({ x }) => x)).toEqual([9]);
    expect(newest.takeChanges(100)).toEqual([]);
  });

  it('take a tag off the level it left and put it on the one it went to', () => {
    const newest = watched('L0', 'L1');
    newest.apply(move(fix('a', 1000, 'L0')));
    newest.takeChanges(0);
    newest.apply(move(fix('a', 2000, 'L1')));
    const batches = newest.takeChanges(0);
    expect(batches.find(({ levelId }) => levelId === 'L0')).toMatchObject({ fixes: [], left: ['a'] });
    expect(batches.find(({ levelId }) => levelId === 'L1')?.fixes).toHaveLength(1);
    expect(newest.snapshot('L0', 0).fixes).toEqual([]);
  });

  it('do not say left of a tag that came straight back', () => {
    const newest = watched('L0', 'L1');
    newest.apply(move(fix('a', 1000, 'L0')));
    newest.apply(move(fix('a', 2000, 'L1')));
    newest.apply(move(fix('a', 3000, 'L0')));
    const onL0 = newest.takeChanges(0).find(({ levelId }) => levelId === 'L0');
    expect(onL0).toMatchObject({ left: [] });
    expect(onL0?.fixes).toHaveLength(1);
  });

  it('forget a silent tag and say so once', () => {
    const newest = watched('L0', 'L1');
    newest.apply(move(fix('a', 1000)));
    newest.apply(silent(fix('a', 1000)));
    newest.apply(silent(fix('a', 1000)));
    const [batch] = newest.takeChanges(0);
    expect(batch).toMatchObject({ fixes: [], silent: ['a'] });
    expect(newest.size).toBe(0);
  });

  it('keep nothing to be told of a level nobody watches', () => {
    const newest = watched('L0');
    newest.apply(move(fix('a', 1000, 'L1')));
    expect(newest.takeChanges(0)).toEqual([]);
    newest.watch('L1');
    expect(newest.snapshot('L1', 0).fixes).toHaveLength(1);
    newest.apply(move(fix('a', 2000, 'L1')));
    expect(newest.takeChanges(0)).toHaveLength(1);
    newest.keepWatching((level) => level === 'L0');
    newest.apply(move(fix('a', 3000, 'L1')));
    expect(newest.takeChanges(0)).toEqual([]);
  });

  it('say left of a tag that went to a level nobody watches', () => {
    const newest = watched('L0');
    newest.apply(move(fix('a', 1000, 'L0')));
    newest.apply(move(fix('a', 2000, 'L1')));
    expect(newest.takeChanges(0)).toMatchObject([{ levelId: 'L0', fixes: [], left: ['a'] }]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { NewestFixes } from '../../web/src/lib/live/newest-fixes';
import { fix } from './examples';

const batch = (change: object) => ({ levelId: 'L1', now: 100, fixes: [], left: [], silent: [], ...change });

describe('the newest fix of each tag', () => {
  let newest: NewestFixes;
  beforeEach(() => {
    newest = new NewestFixes();
    newest.reset({ levelId: 'L1', now: 50, fixes: [fix('a', 10), fix('b', 20)] });
  });

  it('is replaced by a newer one and never by an older one', () => {
    newest.apply(batch({ fixes: [fix('a', 11, { x: 5 }), fix('b', 19, { x: 9 })] }));
    expect(newest.byTag.get('a')?.x).toBe(5);
    expect(newest.byTag.get('b')?.x).toBe(1);
  });

  it('goes when its tag leaves the level', () => {
    newest.apply(batch({ left: ['a'] }));
    expect([...newest.byTag.keys()]).toEqual(['b']);
  });

  it('stays where it was when its tag goes silent, until the tag is heard again', () => {
    newest.apply(batch({ silent: ['a'] }));
    expect(newest.silent.has('a')).toBe(true);
    expect(newest.byTag.has('a')).toBe(true);
    newest.apply(batch({ fixes: [fix('a', 30)] }));
    expect(newest.silent.has('a')).toBe(false);
  });

  it('ignores a batch of another level, under way when the level changed', () => {
    expect(newest.apply(batch({ levelId: 'L2', fixes: [fix('c', 1)] }))).toBe(false);
    expect(newest.byTag.has('c')).toBe(false);
  });

  it('starts afresh with every snapshot', () => {
    newest.apply(batch({ silent: ['a'] }));
    newest.reset({ levelId: 'L2', now: 60, fixes: [fix('c', 5)] });
    expect([...newest.byTag.keys()]).toEqual(['c']);
    expect(newest.silent.size).toBe(0);
  });
});

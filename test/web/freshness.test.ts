import { describe, expect, it } from 'vitest';
import { isStale } from '../../web/src/lib/search/freshness';

const indexed = { kinds: 15, assets: 400, structure: 7, at: 1_000 };

describe('a search index', () => {
  it.each([
    ['is made when there is none', null, indexed, true],
    ['is made anew at once when assets have come', { ...indexed, assets: 0 }, { ...indexed, at: 1_001 }, true],
    ['is made anew at once when kinds have come', { ...indexed, kinds: 0 }, { ...indexed, at: 1_001 }, true],
    ['serves for some seconds while rooms change', indexed, { ...indexed, structure: 8, at: 5_000 }, false],
    ['is made anew when it is old and rooms changed', indexed, { ...indexed, structure: 8, at: 6_500 }, true],
    ['serves for ever while nothing changes', indexed, { ...indexed, at: 900_000 }, false],
  ])('%s', (_what, before, now, stale) => {
    expect(isStale(before, now)).toBe(stale);
  });
});

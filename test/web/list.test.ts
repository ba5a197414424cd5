import { describe, expect, it } from 'vitest';
import { countBy, countFree, inReadingOrder, passes, scrollShift, steadyOrder } from '../../web/src/lib/assets/list';
import { asset, place } from './examples';

describe('the list', () => {
  it('is in an order that live changes do not touch: kind, then name with numbers as numbers', () => {
    const list = [
      asset('a', { name: 'Pump 10' }),
      asset('b', { name: 'Pump 9' }),
      asset('c', { name: 'Bed 1', kind: 'bed' }),
    ];
    expect(inReadingOrder(list, (kind) => kind).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  it('says apart what is plainly free and what is so only probably', () => {
    const { availability } = asset('a');
    const counts = countFree([
      asset('a'),
      asset('b'),
      asset('c', { availability: { ...availability, probable: true } }),
      asset('d', { availability: { ...availability, status: 'in-use' } }),
      asset('e', { availability: { ...availability, status: 'unknown' } }),
    ]);
    expect(counts.get('infusion-pump')).toEqual({ free: 2, probably: 1, all: 5 });
    expect(counts.has('bed')).toBe(false);
  });

  it('does not move under a finger', () => {
    const shown = ['a', 'b'];
    expect(steadyOrder(shown, ['x', 'a'], true)).toBe(shown);
    expect(steadyOrder(shown, ['x', 'a'], false)).toEqual(['x', 'a']);
  });

  it('is not redrawn when its order is the same', () => {
    const shown = ['a', 'b'];
    expect(steadyOrder(shown, ['a', 'b'], false)).toBe(shown);
  });

  it('keeps the row on top where it is when rows come and go above it', () => {
    expect(scrollShift(['a', 'b', 'c'], ['x', 'y', 'a', 'b', 'c'], 1, 60)).toBe(120);
    expect(scrollShift(['a', 'b', 'c'], ['c'], 1, 60)).toBe(-120);
    expect(scrollShift(['a'], ['b'], 0, 60)).toBe(0);
  });

  it('filters by level and availability', () => {
    const there = asset('a', { place: place({ levelId: 'L2' }) });
    expect(passes(there, { levelId: 'L2', status: 'free' })).toBe(true);
    expect(passes(there, { levelId: 'L1', status: null })).toBe(false);
    expect(passes(asset('b', { place: null }), { levelId: 'L1', status: null })).toBe(false);
    expect(passes(there, { levelId: null, status: 'in-use' })).toBe(false);
  });

  it('counts what has the key', () => {
    const counts = countBy([asset('a'), asset('b'), asset('c', { place: null })], (one) => one.place?.levelId ?? null);
    expect([...counts]).toEqual([['L1', 2]]);
  });
});

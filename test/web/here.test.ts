import { beforeEach, describe, expect, it } from 'vitest';
import { asOrigin, whereIAm } from '../../web/src/lib/here.svelte';

const kept = (): unknown => JSON.parse(localStorage.getItem('whereabouts.here') ?? 'null');
const cart = { levelId: 'L2', unitId: 'u1', at: [4, 5], assetId: 'cart-7' } as const;

beforeEach(() => {
  localStorage.clear();
  whereIAm.forget();
});

describe('where one is', () => {
  it('is asked for by room, by spot, or by the tag the tablet wears', () => {
    expect(asOrigin({ levelId: 'L2', unitId: 'u1', at: null })).toBe('unit:u1');
    expect(asOrigin({ levelId: 'L2', unitId: 'u1', at: [4, 5.006] })).toBe('L2,4.00,5.01');
    expect(asOrigin(cart)).toBe('asset:cart-7');
  });

  it('goes with the tag, and a new room is kept for the next opening', () => {
    whereIAm.choose(cart);
    whereIAm.moved({ levelId: 'L2', unitId: 'u1', at: [4.5, 5] });
    expect(whereIAm.current).toEqual({ ...cart, at: [4.5, 5] });
    expect(kept()).toEqual(cart);
    whereIAm.moved({ levelId: 'L3', unitId: 'u9', at: [1, 1] });
    expect(kept()).toEqual({ levelId: 'L3', unitId: 'u9', at: [1, 1], assetId: 'cart-7' });
  });

  it('stays where it was chosen by hand, whatever a tag does', () => {
    whereIAm.choose(cart);
    whereIAm.choose({ levelId: 'L1', unitId: 'u2', at: null });
    whereIAm.moved({ levelId: 'L3', unitId: 'u9', at: [1, 1] });
    expect(whereIAm.current).toEqual({ levelId: 'L1', unitId: 'u2', at: null });
    expect(whereIAm.recent).toEqual(['u2']);
  });
});

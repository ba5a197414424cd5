import { describe, expect, it } from 'vitest';
import { orderSearch, type Prospect, type SearchCosts, steadyOrder } from '../../../src/core';
import { seeded } from './random-building';

const costs: SearchCosts = { missS: 20, giveUpS: 200 };

/** Every order of the items. */
function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) => permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]));
}

/** The sum of the docstring, term by term; the search may end by giving up after any failure. */
function expectedOf(order: readonly number[], prospects: readonly Prospect[], times: readonly number[][]): number {
  let expected = 0;
  let reachedSoFar = 1;
  order.forEach((to, k) => {
    const from = order[k - 1];
    const { seconds, chance } = prospects[to] ?? { seconds: NaN, chance: NaN };
    expected +=
      reachedSoFar * ((from === undefined ? seconds : (times[from]?.[to] ?? NaN)) + (1 - chance) * costs.missS);
    reachedSoFar *= 1 - chance;
  });
  return expected + reachedSoFar * costs.giveUpS;
}

function madeUp(count: number, random: () => number): { prospects: Prospect[]; times: number[][] } {
  const places = Array.from({ length: count + 1 }, () => [random() * 100, random() * 100] as const);
  const apart = (i: number, j: number): number =>
    Math.hypot((places[i]?.[0] ?? 0) - (places[j]?.[0] ?? 0), (places[i]?.[1] ?? 0) - (places[j]?.[1] ?? 0));
  return {
    prospects: Array.from({ length: count }, (_, i) => ({ seconds: apart(count, i), chance: random() })),
    // Up takes longer than down: times need not be the same both ways.
    times: Array.from({ length: count }, (_, i) =>
      Array.from({ length: count }, (__, j) => apart(i, j) * (i < j ? 1 : 1.3)),
    ),
  };
}

describe('the order of a search', () => {
  it('is as good as the best of all orders, whichever comes first', () => {
    const random = seeded(11);
    for (let trial = 0; trial < 60; trial++) {
      const { prospects, times } = madeUp(1 + (trial % 6), random);
      const order = orderSearch(prospects, (i, j) => times[i]?.[j] ?? NaN, costs);
      expect(order).toHaveLength(prospects.length);
      const all = prospects.map((_, i) => i);
      for (const { index, expectedS } of order) {
        const others = all.filter((i) => i !== index);
        // One may stop after any of them: orders of every part of the others.
        const ends = permutations(others).flatMap((rest) => rest.map((_, n) => rest.slice(0, n)).concat([rest]));
        const best = Math.min(...ends.map((rest) => expectedOf([index, ...rest], prospects, times)));
        expect(expectedS).toBeCloseTo(best, 9);
      }
      const expectations = order.map(({ expectedS }) => expectedS);
      expect(expectations).toEqual(expectations.toSorted((a, b) => a - b));
    }
  });

  it('passes a near one that is hardly ever there for a sure one a little farther', () => {
    const order = orderSearch(
      [
        { seconds: 10, chance: 0.1 },
        { seconds: 25, chance: 0.97 },
      ],
      () => 20,
      costs,
    );
    expect(order.map(({ index }) => index)).toEqual([1, 0]);
  });

  it('goes rather to a room with three than to one with one', () => {
    const order = orderSearch(
      [
        { seconds: 20, chance: 0.8 },
        { seconds: 22, chance: 0.8 },
        { seconds: 22, chance: 0.8 },
        { seconds: 22, chance: 0.8 },
      ],
      (i, j) => (i > 0 && j > 0 ? 0 : 120),
      costs,
    );
    expect(order[0]).toMatchObject({ index: 1, next: 2 });
    expect(order.at(-1)?.index).toBe(0);
  });

  it('weighs more prospects than fit the table, each going on to one of those', () => {
    const prospects = Array.from({ length: 30 }, (_, i) => ({ seconds: 10 + i, chance: 0.9 }));
    const order = orderSearch(prospects, () => 5, costs);
    expect(order.map(({ index }) => index)).toEqual(prospects.map((_, i) => i));
  });

  it('has nothing to say of nothing', () => {
    expect(orderSearch([], () => 0)).toEqual([]);
  });
});

describe('an order that is looked at', () => {
  const ranked = (...pairs: readonly (readonly [string, number])[]) =>
    pairs.map(([id, expectedS]) => ({ id, expectedS }));
  const ids = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

  it('stays for a difference nobody would walk for', () => {
    expect(ids(steadyOrder(ranked(['b', 40], ['a', 43]), ['a', 'b']))).toEqual(['a', 'b']);
  });

  it('changes when one is clearly sooner', () => {
    expect(ids(steadyOrder(ranked(['b', 30], ['a', 43]), ['a', 'b']))).toEqual(['b', 'a']);
  });

  it('does not go to and fro while two keep crossing each other', () => {
    let shown = ['a', 'b'];
    for (let round = 0; round < 10; round++) {
      const now = ranked(['a', 40 + (round % 2) * 4], ['b', 42]).sort((x, y) => x.expectedS - y.expectedS);
      shown = ids(steadyOrder(now, shown));
      expect(shown).toEqual(['a', 'b']);
    }
  });

  it('puts what is new by its time, and forgets what is gone', () => {
    expect(ids(steadyOrder(ranked(['new', 10], ['b', 30], ['a', 32]), ['gone', 'a', 'b']))).toEqual(['new', 'a', 'b']);
  });
});

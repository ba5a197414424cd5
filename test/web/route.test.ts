import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRoute, homeRoute, parseRoute, type Route } from '../../web/src/lib/route/route';

describe('the address', () => {
  it('is / for home', () => {
    expect(formatRoute(homeRoute)).toBe('/');
    expect(parseRoute('')).toEqual(homeRoute);
  });

  it('says level, asset and search, so that links can be shared', () => {
    expect(formatRoute({ ...homeRoute, level: 'L2', asset: 'pump-1', q: 'iv pump' })).toBe(
      '/?level=L2&asset=pump-1&q=iv+pump',
    );
  });

  it('leaves out what it does not know', () => {
    expect(parseRoute('?screen=cinema&status=sold&here=now&x=1')).toEqual(homeRoute);
  });

  it('says back what it was told, whatever that is', () => {
    const word = fc.string({ minLength: 1 });
    const routes: fc.Arbitrary<Route> = fc.record({
      level: fc.option(word),
      screen: fc.option(fc.constantFrom('worklist' as const, 'wall' as const)),
      section: fc.option(word),
      asset: fc.option(word),
      q: fc.string(),
      find: fc.option(word),
      near: fc.option(word),
      item: fc.option(word),
      status: fc.option(fc.constantFrom('free' as const, 'in-use' as const, 'unknown' as const)),
      spot: fc.array(word),
      choosing: fc.boolean(),
    });
    fc.assert(
      fc.property(routes, (route) => {
        expect(parseRoute(new URL(formatRoute(route), 'http://host').search)).toEqual(route);
      }),
    );
  });
});

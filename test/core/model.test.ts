import { describe, expect, it } from 'vitest';
import { advance, buildSiteModel, completeRules, gatewayId } from '../../src/core';
import { box, hall, hearAt, madeSite, runAll, start } from './made-site';

describe('what is wrong with a site', () => {
  it('a gateway whose height lies outside its level is reported by name and height', () => {
    const site = madeSite({
      outline: box(0, 0, 10, 10),
      gateways: [
        [1, 1, 2.5],
        [2, 2, 9.5],
        [3, 3, -1],
      ],
    });
    const { warnings } = buildSiteModel(site, null);
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(/l0-1 is said to hang 9\.5 m above the floor of Level 0/);
    expect(warnings[1]).toMatch(/l0-2 is said to hang -1 m/);
  });

  it('a gateway outside the plan is reported', () => {
    const site = madeSite({ outline: box(0, 0, 10, 10), gateways: [[50, 1]] });
    expect(buildSiteModel(site, null).warnings).toEqual([expect.stringMatching(/l0-0 lies outside the plan/)]);
  });

  it('a calibration that names a gateway the site has not is reported', () => {
    const radio = { rssi1m: -60, exponent: 2, sigma: 5, points: 9 };
    const calibration = {
      siteId: 'made',
      fittedAt: 0,
      gateways: [{ ...radio, gatewayId: gatewayId('gone') }],
      fallback: radio,
    };
    expect(buildSiteModel(hall, calibration).warnings).toEqual([expect.stringMatching(/gone/)]);
  });

  it('too many gateways over too large a plan for maps of all of it are followed by least squares, and it says so', () => {
    const hung = Array.from({ length: 100 }, (_, i): [number, number] => [9 * i + 1, 350]);
    const vast = madeSite({ outline: box(0, 0, 900, 700), gateways: hung });
    const model = buildSiteModel(vast, null, { method: 'bayes-grid' });
    expect(model.rules.method).toBe('least-squares');
    expect(model.warnings).toEqual([expect.stringMatching(/100 gateways over 1,120,000 cells .*least-squares/)]);
    expect(buildSiteModel(vast, null, { method: 'least-squares' }).warnings).toEqual([]);
  });

  it('says nothing of a site where all is well', () => {
    expect(buildSiteModel(hall, null).warnings).toEqual([]);
  });
});

describe('an unplaced gateway', () => {
  const unplaced = madeSite({
    outline: box(0, 0, 30, 20),
    gateways: [
      [NaN, 0],
      [0, 0],
      [30, 0],
      [30, 20],
      [0, 20],
    ],
  });
  const model = buildSiteModel(unplaced, null);

  it('is left out with a warning and its sightings are counted', () => {
    expect(model.warnings).toEqual([expect.stringMatching(/l0-0 has no place/)]);
    const sighting = { ...hearAt(model, [15, 10], start)[0], gatewayId: gatewayId('l0-0') };
    expect(model.gateways.map(({ id }) => id)).not.toContain(sighting.gatewayId);
  });

  it('never discards the others', () => {
    const heard = hearAt(model, [10, 8], start);
    const [first] = heard;
    if (first === undefined) throw new Error('nothing heard');
    const unheard = { ...first, gatewayId: gatewayId('L0-0'), rssi: -40 };
    const { moves, dropped } = advance(null, [unheard, ...heard], start, model);
    expect(dropped).toEqual({ 'unplaced-gateway': 1 });
    expect(moves.at(-1)?.fix).toEqual(runAll(model, heard).last);
  });
});

it('says of a site without gateways that nothing can be located in it', () => {
  const bare = madeSite({ rooms: { a: box(0, 0, 10, 10) }, gateways: [] });
  expect(buildSiteModel(bare, null).warnings).toEqual(['The site has no gateways: nothing can be located.']);
});

describe('rules', () => {
  it.each([[NaN], [-1], [Infinity], [30_001]])('%d is refused by name', (windowMs) => {
    expect(() => completeRules({ windowMs })).toThrow(/windowMs/);
  });
});

describe('the method', () => {
  it("is the site's own unless rules name another, and a grid is cut only for the one that needs it", () => {
    const onGrid = { ...hall, method: 'bayes-grid' as const };
    const gridOf = (...given: Parameters<typeof buildSiteModel>) => buildSiteModel(...given).levels[0]?.grid ?? null;
    expect(gridOf(onGrid, null)).not.toBeNull();
    expect(gridOf(onGrid, null, { method: 'least-squares' })).toBeNull();
    expect(gridOf(hall, null)).toBeNull();
    expect(buildSiteModel(onGrid, null).rules.method).toBe('bayes-grid');
  });

  it('must have cells of some size', () => {
    const { grid } = buildSiteModel(hall, null).rules;
    expect(() => buildSiteModel(hall, null, { grid: { ...grid, cellM: 0 } })).toThrow('grid');
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { siteAnswer } from '../../src/sites/site-answers';
import { loadSite, SiteFileError } from '../../src/sites/site-files';

const square = (x: number, size = 4) => [
  [
    [x, 0],
    [x + size, 0],
    [x + size, size],
    [x, size],
    [x, 0],
  ],
];
const unit = (id: string, coordinates: unknown, extra: object = {}) => ({
  type: 'Feature',
  id,
  properties: { feature_type: 'unit', category: 'room', name: { en: id }, ...extra },
  geometry: { type: 'Polygon', coordinates },
});
const door = (unitIds?: string[]) => ({
  type: 'Feature',
  id: 'door',
  properties: { feature_type: 'opening', category: 'pedestrian', unitIds },
  geometry: {
    type: 'LineString',
    coordinates: [
      [4, 1],
      [4, 2],
    ],
  },
});

describe('a site directory', () => {
  let dir: string;
  const write = (file: string, content: unknown) =>
    writeFile(join(dir, file), typeof content === 'string' ? content : JSON.stringify(content));
  const writePlan = (...features: unknown[]) => write('L0.geojson', { type: 'FeatureCollection', features });
  const faultsOf = async () => {
    const error: unknown = await loadSite(dir).catch((e: unknown) => e);
    if (!(error instanceof SiteFileError)) throw new Error(`Expected a SiteFileError, got ${String(error)}`);
    return error.faults;
  };

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'site-'));
    await write('site.json', {
      id: 's',
      name: 'S',
      georeference: null,
      tagHeight: 1,
      levels: [{ id: 'L0', name: 'Ground', ordinal: 0, elevation: 0, height: 4, plan: 'L0.geojson' }],
    });
    await write('gateways.json', [{ id: 'AC:23:3F:00:00:01', levelId: 'L0', x: 1, y: 1, z: 2.5 }]);
    await writePlan(unit('a', square(0)), unit('b', square(4)), door(['a', 'b']));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('becomes a site with its levels, units and gateways', async () => {
    const { site, calibration } = await loadSite(dir);
    expect([...site.unitById.keys()]).toEqual(['a', 'b']);
    expect([...site.gatewayById.keys()]).toEqual(['ac233f000001']);
    expect(site.levels[0]?.bounds).toEqual({ minX: 0, minY: 0, maxX: 8, maxY: 4 });
    expect(calibration).toBeNull();
  });

  it('calls a level in each language by the name the site gives it', async () => {
    const head = { ordinal: 0, elevation: 0, height: 4, plan: 'L0.geojson' };
    const names = { fr: 'Rez-de-chaussée' };
    const levels = [{ id: 'L0', name: 'Ground', names, ...head }];
    await write('site.json', { id: 's', name: 'S', georeference: null, tagHeight: 1, levels });
    const { site } = await loadSite(dir);
    expect(site.levels[0]).toMatchObject({ name: 'Ground', names });
    expect(siteAnswer(site).levels[0]?.names).toEqual({ en: 'Ground', fr: 'Rez-de-chaussée' });
  });

  it('tells which rooms an unnamed door joins by the wall it lies on', async () => {
    await writePlan(unit('a', square(0)), unit('b', square(4)), unit('c', square(20)), door());
    const { site } = await loadSite(dir);
    expect(site.levels[0]?.openings[0]?.unitIds).toEqual(['a', 'b']);
  });

  it('turns a clockwise exterior ring round', async () => {
    await writePlan(unit('a', [square(0)[0]?.toReversed()]));
    const { site } = await loadSite(dir);
    expect(site.levels[0]?.units[0]?.polygon).toEqual(square(0));
  });

  it.each([
    ['an open ring', [unit('a', [square(0)[0]?.slice(0, 4)])], 'a', /not closed/],
    ['a ring without area', [unit('a', square(0, 0))], 'a', /no area/],
    ['a door to a room that is not there', [unit('a', square(0)), door(['a', 'x'])], 'door', /unknown unit x/],
    ['a door on no wall', [unit('a', square(20)), door()], 'door', /no wall/],
    ['an unknown section', [unit('a', square(0), { sectionId: 'icu' })], 'a', /unknown section icu/],
    ['an id used twice', [unit('a', square(0)), unit('a', square(4))], 'a', /used twice/],
    ['an unknown feature type', [{ ...unit('a', square(0)), properties: { feature_type: 'door' } }], 'a', /door/],
    [
      'a coordinate that is no number',
      [
        unit('a', [
          [
            [0, 0],
            [1, 'x'],
            [1, 1],
            [0, 0],
          ],
        ]),
      ],
      'a',
      /number/,
    ],
  ])('with %s is refused, naming file, feature and reason', async (_what, features, feature, reason) => {
    await writePlan(...features);
    const faults = await faultsOf();
    expect(faults).toContainEqual(expect.objectContaining({ feature }));
    expect(faults.map((fault) => fault.reason).join('\n')).toMatch(reason);
  });

  it('with a gateway on no level is refused', async () => {
    await write('gateways.json', [{ id: 'g', levelId: 'L9', x: 1, y: 1, z: 2.5 }]);
    expect(await faultsOf()).toEqual([{ file: 'gateways.json', feature: 'g', reason: 'unknown level L9' }]);
  });

  it('with text that is not JSON is refused, naming the file', async () => {
    await write('gateways.json', '{');
    expect(await faultsOf()).toEqual([expect.objectContaining({ file: 'gateways.json' })]);
  });

  it('without a plan it names is refused', async () => {
    await rm(join(dir, 'L0.geojson'));
    expect(await faultsOf()).toEqual([{ file: 'L0.geojson', reason: 'no such file' }]);
  });
});

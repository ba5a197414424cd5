import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export const box = (minX: number, minY: number, maxX: number, maxY: number): object => ({
  type: 'Polygon',
  coordinates: [
    [
      [minX, minY],
      [maxX, minY],
      [maxX, maxY],
      [minX, maxY],
      [minX, minY],
    ],
  ],
});

export const unit = (id: string, properties: object, geometry: object): object => ({
  type: 'Feature',
  id,
  properties: { feature_type: 'unit', sectionId: id.startsWith('up') ? 'ward-up' : 'ward', ...properties },
  geometry,
});

interface Leaf {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly access?: 'staff' | 'locked';
}

export const door = (id: string, unitIds: readonly string[], { from, to, access }: Leaf): object => ({
  type: 'Feature',
  id,
  properties: { feature_type: 'opening', category: 'pedestrian', unitIds, access },
  geometry: { type: 'LineString', coordinates: [from, to] },
});

/** A corridor with a patient room, a clean utility, a soiled utility and a stair on it. Ids begin with `prefix`. */
const storey = (prefix: string, more: readonly object[] = []): object => ({
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      id: prefix === '' ? 'ward' : 'ward-up',
      properties: { feature_type: 'section', name: { en: 'Ward', fr: 'Unité' } },
      geometry: box(0, 0, 40, 8),
    },
    unit(`${prefix}corridor`, { category: 'walkway', spaceType: 'corridor' }, box(0, 0, 40, 3)),
    unit(`${prefix}patient`, { category: 'room', spaceType: 'patient-room', number: '101' }, box(0, 3, 8, 8)),
    unit(`${prefix}clean`, { category: 'nonpublic', spaceType: 'clean-utility' }, box(8, 3, 16, 8)),
    unit(`${prefix}soiled`, { category: 'nonpublic', spaceType: 'soiled-utility' }, box(16, 3, 24, 8)),
    unit(`${prefix}stair`, { category: 'stairs', spaceType: 'stairs', connector: 'stair' }, box(36, 3, 40, 8)),
    door(`${prefix}door-1`, [`${prefix}corridor`, `${prefix}patient`], { from: [3, 3], to: [4, 3] }),
    door(`${prefix}door-2`, [`${prefix}corridor`, `${prefix}clean`], { from: [11, 3], to: [12, 3] }),
    door(`${prefix}door-3`, [`${prefix}corridor`, `${prefix}soiled`], { from: [19, 3], to: [20, 3] }),
    door(`${prefix}door-4`, [`${prefix}corridor`, `${prefix}stair`], { from: [37, 3], to: [38, 3] }),
    ...more,
  ],
});

/**
 * Writes a site of two such levels and the given `assets.json`; it is deleted when the test ends.
 * @param annex more features of the lower level
 */
export function writeAssetsSite(assets: unknown, annex: readonly object[] = []): string {
  const dir = mkdtempSync(join(tmpdir(), 'whereabouts-site-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const write = (file: string, content: unknown): void => writeFileSync(join(dir, file), JSON.stringify(content));
  write('site.json', {
    id: 'ward-site',
    name: 'Ward',
    georeference: null,
    tagHeight: 1,
    levels: [
      { id: 'L0', name: 'Ground', ordinal: 0, elevation: 0, height: 4, plan: 'L0.geojson' },
      { id: 'L1', name: 'First', ordinal: 1, elevation: 4, height: 4, plan: 'L1.geojson' },
    ],
  });
  write('L0.geojson', storey('', annex));
  write('L1.geojson', storey('up-'));
  write('gateways.json', [{ id: 'gw1', levelId: 'L0', x: 5, y: 5, z: 2.5 }]);
  write('assets.json', assets);
  return dir;
}

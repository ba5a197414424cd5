import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const box = (minX: number, minY: number, maxX: number, maxY: number): object => ({
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

const unit = (id: string, properties: object, geometry: object): object => ({
  type: 'Feature',
  id,
  properties: { feature_type: 'unit', sectionId: id.startsWith('up') ? 'ward-up' : 'ward', ...properties },
  geometry,
});

const door = (id: string, unitIds: readonly string[], from: readonly number[], to: readonly number[]): object => ({
  type: 'Feature',
  id,
  properties: { feature_type: 'opening', category: 'pedestrian', unitIds },
  geometry: { type: 'LineString', coordinates: [from, to] },
});

/** A corridor with a patient room, a clean utility, a soiled utility and a stair on it. Ids begin with `prefix`. */
const storey = (prefix: string): object => ({
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
    door(`${prefix}door-1`, [`${prefix}corridor`, `${prefix}patient`], [3, 3], [4, 3]),
    door(`${prefix}door-2`, [`${prefix}corridor`, `${prefix}clean`], [11, 3], [12, 3]),
    door(`${prefix}door-3`, [`${prefix}corridor`, `${prefix}soiled`], [19, 3], [20, 3]),
    door(`${prefix}door-4`, [`${prefix}corridor`, `${prefix}stair`], [37, 3], [38, 3]),
  ],
});

/** Writes a site of two such levels and the given `assets.json`; it is deleted when the test ends. */
export function writeAssetsSite(assets: unknown): string {
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
  write('L0.geojson', storey(''));
  write('L1.geojson', storey('up-'));
  write('gateways.json', [{ id: 'gw1', levelId: 'L0', x: 5, y: 5, z: 2.5 }]);
  write('assets.json', assets);
  return dir;
}

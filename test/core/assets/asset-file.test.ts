import { expect, it } from 'vitest';
import { readAssetRows } from '../../../src/assets/asset-file';
import { sketchSite } from '../walking/rooms';

const site = sketchSite([{ rooms: [{ id: 'store', shape: [0, 0, 5, 5] }], doors: [] }]);
const bed = { id: 'bed-1', name: 'Bed 1', kind: 'bed' };

it('a row is read with its tag in the one spelling, and what it leaves out as null', () => {
  const { assets, refused } = readAssetRows(
    JSON.stringify([{ ...bed, tagId: 'AC:23:3F:00:00:01', homeUnitId: 'store' }]),
    site,
  );
  expect(refused).toEqual([]);
  expect(assets).toEqual([
    {
      ...bed,
      number: null,
      serial: null,
      tagIds: ['ac233f000001'],
      ownerSectionId: null,
      homeUnitId: 'store',
      notes: null,
    },
  ]);
});

it.each<[string, unknown, RegExp]>([
  ['an unknown kind', { ...bed, kind: 'toaster' }, /^assets\.json, row 2 \(bed-1\): kind: unknown kind toaster$/],
  ['no name', { id: 'x', kind: 'bed' }, /row 2 \(x\): name: /],
  ['an id that is taken', { ...bed, id: 'first' }, /row 2 \(first\): id first is that of row 1$/],
  ['a tag that is taken', { ...bed, tagId: 'aabbccddeeff' }, /row 2 \(bed-1\): tag aabbccddeeff is that of row 1$/],
  ['a unit that is not on the plan', { ...bed, homeUnitId: 'attic' }, /row 2 \(bed-1\): unknown unit attic$/],
  ['a section that is not on the plan', { ...bed, ownerSectionId: 'moon' }, /row 2 \(bed-1\): unknown section moon$/],
  ['no object', 7, /row 2: /],
])('a row with %s is refused with file, row and reason, the others are read', (_what, row, reason) => {
  const first = { ...bed, id: 'first', tagId: 'AA:BB:CC:DD:EE:FF' };
  const { assets, refused } = readAssetRows(JSON.stringify([first, row]), site);
  expect(assets.map(({ id }) => id)).toEqual(['first']);
  expect(refused).toHaveLength(1);
  expect(refused[0]).toMatch(reason);
});

it.each([
  ['[{', /not JSON/],
  ['{}', /must be a list/],
])('a file that holds %s is refused whole', (text, reason) => {
  const { assets, refused } = readAssetRows(text, site);
  expect(assets).toEqual([]);
  expect(refused.join()).toMatch(reason);
});

import { expect, it } from 'vitest';
import { wayText } from '../../../src/assets/way-text';
import { buildSite, type Instruction, levelId, unitId } from '../../../src/core';

const level = (ordinal: number, name: string, fr?: string) => ({
  id: levelId(`L${ordinal}`),
  name,
  ...(fr === undefined ? {} : { names: { fr } }),
  ordinal,
  elevation: 4 * ordinal,
  height: 4,
  outline: null,
  units: [],
  openings: [],
  sections: [],
  fixtures: [],
});

const site = buildSite({
  id: 'named',
  name: 'Named',
  georeference: null,
  tagHeight: 1,
  gateways: [],
  levels: [level(0, 'Ground', 'Rez-de-chaussée'), level(1, 'Level 1', 'Niveau 1'), level(2, 'Mezzanine')],
});

const rideTo = (ordinal: number): Instruction[] => [
  { code: 'lift', levelId: levelId(`L${ordinal}`), unitId: unitId('lift'), connector: 'lift-b' },
];

it.each([
  [0, 'to Ground', 'jusqu’au rez-de-chaussée'],
  [1, 'to Level 1', 'jusqu’au niveau 1'],
  [2, 'to Mezzanine', 'jusqu’à Mezzanine'],
])('a ride to level %s is told by its name in each language', (ordinal, en, fr) => {
  const text = wayText(rideTo(ordinal), site);
  expect(text.en).toContain(en);
  expect(text.fr).toContain(fr);
});

import type { AssetPlace, AssetView, LiveFix } from '../../src/live/protocol';

export const noon = Date.UTC(2026, 10, 22, 12);

export const fix = (tagId: string, at: number, change: Partial<LiveFix> = {}): LiveFix => ({
  tagId,
  at,
  x: 1,
  y: 2,
  radius50: 1,
  radius90: 3,
  zoneId: 'u1',
  zoneProbability: 0.9,
  moving: false,
  ...change,
});

export const place = (change: Partial<AssetPlace> = {}): AssetPlace => ({
  levelId: 'L1',
  x: 1,
  y: 2,
  radius50: 1,
  radius90: 2.4,
  unitId: 'u1',
  sectionId: 's1',
  zoneProbability: 0.9,
  at: noon,
  since: noon,
  restingSince: noon,
  silent: false,
  ...change,
});

export const asset = (id: string, change: Partial<AssetView> = {}): AssetView => ({
  id,
  name: `Infusion pump ${id}`,
  kind: 'infusion-pump',
  number: null,
  serial: null,
  tagId: `tag-${id}`,
  tagIds: [`tag-${id}`],
  ownerSectionId: null,
  homeUnitId: null,
  notes: null,
  photo: null,
  availability: { status: 'free', probability: 0.9, freeProbability: 0.9, since: null, evidence: [] },
  claim: null,
  place: place(),
  ...change,
});

import { describe, expect, it } from 'vitest';
import { buildSite, buildSiteModel, gatewayId, levelId, type Point, type Unit, unitId } from '../../../../src/core';
import { box, hearWalk, runAll, seededNoise, start, surveyed } from '../../made-site';

const level = levelId('L0');
const doors = 8;
const roomM = 4;
const unit = (name: string, ...corners: [number, number, number, number]): Unit => ({
  id: unitId(name),
  levelId: level,
  name: { en: name },
  number: null,
  category: 'room',
  spaceType: null,
  sectionId: null,
  connector: null,
  polygon: box(...corners),
});

/** A corridor of 32 m with eight rooms along it, their doors open; a gateway in every other room and four across. */
const corridor = buildSite({
  id: 'corridor',
  name: 'Corridor',
  georeference: null,
  tagHeight: 1,
  levels: [
    {
      id: level,
      name: 'Level',
      ordinal: 0,
      elevation: 0,
      height: 3,
      outline: box(0, 0, doors * roomM, 8),
      units: [
        unit('corridor', 0, 0, doors * roomM, 2.5),
        ...Array.from({ length: doors }, (_, i) => unit(`room-${i}`, i * roomM, 2.5, (i + 1) * roomM, 8)),
      ],
      openings: Array.from({ length: doors }, (_, i) => ({
        id: `door-${i}`,
        levelId: level,
        category: 'pedestrian',
        from: [i * roomM + 1.4, 2.5] as const,
        to: [i * roomM + 2.6, 2.5] as const,
        unitIds: [unitId('corridor'), unitId(`room-${i}`)],
      })),
      sections: [],
      fixtures: [],
    },
  ],
  gateways: Array.from({ length: doors }, (_, i) => ({
    id: gatewayId(`g${i}`),
    levelId: level,
    x: i * roomM + 2,
    y: i % 2 === 0 ? 6 : 0.3,
    z: 2.5,
    format: null,
  })),
});
const model = buildSiteModel(corridor, surveyed, { method: 'bayes-grid' });

describe('a nurse who walks a corridor', () => {
  it.each([1, 2, 3])('past eight open doors enters no room (walk %i)', (seed) => {
    const path = (s: number): Point => [1 + 1.2 * s, 1.1];
    const { moves } = runAll(model, hearWalk(model, 25, path, { noise: seededNoise(seed, 3), perS: 4 }));
    const entered = moves
      .filter(({ fix }) => fix.at > start + 1_000)
      .flatMap(({ changes }) => changes.flatMap((change) => (change.type === 'entered' ? [change.zoneId] : [])));
    expect(entered.filter((zone) => zone !== 'corridor')).toEqual([]);
    expect(moves.at(-1)?.presence?.zoneId).toBe('corridor');
  });

  it('into a room, and stays, is in it', () => {
    const path = (s: number): Point => (s < 8 ? [1 + 1.1 * s, 1.1] : [10, Math.min(5.5, 1.1 + (s - 8))]);
    const { moves } = runAll(model, hearWalk(model, 30, path, { noise: seededNoise(4, 3), perS: 4 }));
    expect(moves.at(-1)?.presence?.zoneId).toBe('room-2');
  });
});

import { describe, expect, it } from 'vitest';
import {
  buildWalkingGraph,
  canReach,
  type DoorAccess,
  levelId,
  nearestOnFoot,
  route,
  rulesWith,
  type Site,
  unitId,
  walkFrom,
  type WalkingRules,
} from '../../../src/core';
import { type LevelSketch, sketchSite } from './rooms';

const L0 = levelId('L0');

/** A door between two rooms, and a way round through a third and a fourth. */
const ring: LevelSketch = {
  rooms: [
    { id: 'a', shape: [0, 0, 10, 10], category: 'walkway' },
    { id: 'b', shape: [10, 0, 20, 10], category: 'walkway' },
    { id: 'c', shape: [0, 10, 20, 20], category: 'walkway' },
  ],
  doors: [
    [
      [10, 1],
      [10, 2],
      ['a', 'b'],
    ],
    [
      [1, 10],
      [2, 10],
      ['a', 'c'],
    ],
    [
      [18, 10],
      [19, 10],
      ['c', 'b'],
    ],
  ],
};

/** The same plan with this property on its first doors. */
function withAccess(site: Site, count: number, change: { access?: DoorAccess; category?: string }): Site {
  const levels = site.levels.map((level) => ({
    ...level,
    openings: level.openings.map((door, i) => (i < count ? { ...door, ...change } : door)),
  }));
  return { ...site, levels, levelById: new Map(levels.map((level) => [level.id, level])) };
}

const metresAcross = (site: Site, rules: Partial<WalkingRules> = {}): number | undefined =>
  route(buildWalkingGraph(site, rules), { levelId: L0, x: 9, y: 1.5 }, { levelId: L0, x: 11, y: 1.5 })?.metres;

describe('doors', () => {
  const site = sketchSite([ring]);

  it('that are locked are walked round', () => {
    expect(metresAcross(site)).toBeLessThan(3);
    expect(metresAcross(withAccess(site, 1, { access: 'locked' }))).toBeGreaterThan(25);
  });

  it('that sound an alarm are no way', () => {
    expect(metresAcross(withAccess(site, 1, { category: 'emergencyexit' }))).toBeGreaterThan(25);
  });

  it('for staff cost the time to open them, or are no way where the setting says so', () => {
    const staffOnly = withAccess(site, 1, { access: 'staff' });
    const seconds = (rules: Partial<WalkingRules>): number =>
      route(buildWalkingGraph(staffOnly, rules), { levelId: L0, x: 9, y: 1.5 }, { levelId: L0, x: 11, y: 1.5 })
        ?.seconds ?? NaN;
    expect(seconds({ staffDoorS: 6 }) - seconds({ staffDoorS: 0 })).toBeCloseTo(6, 6);
    expect(metresAcross(staffOnly, { staffDoors: false })).toBeGreaterThan(25);
  });

  it('take the setting of the site unless told otherwise', () => {
    const staffOnly: Site = { ...withAccess(site, 1, { access: 'staff' }), walking: { staffDoors: false } };
    expect(metresAcross(staffOnly)).toBeGreaterThan(25);
    expect(metresAcross(staffOnly, { staffDoors: true })).toBeLessThan(3);
  });

  it('all locked leave no way, and what is behind them is not found', () => {
    const shut = withAccess(site, 3, { access: 'locked' });
    expect(metresAcross(shut)).toBeUndefined();
    const items = [{ levelId: L0, x: 11, y: 1.5, unitId: unitId('b') }];
    expect(nearestOnFoot(buildWalkingGraph(shut), { levelId: L0, x: 9, y: 1.5 }, items, 5)).toEqual([]);
  });

  it('leave a way or none, and whether they do is told without measuring it', () => {
    const reaches = (of: Site, to: { x: number; y: number }): boolean => {
      const graph = buildWalkingGraph(of);
      const walk = walkFrom(graph, { levelId: L0, x: 9, y: 1.5 });
      return walk !== null && canReach(graph, walk, { levelId: L0, ...to });
    };
    const [sameRoom, otherRoom] = [
      { x: 1, y: 9 },
      { x: 11, y: 1.5 },
    ];
    const shut = withAccess(site, 3, { access: 'locked' });
    expect([sameRoom, otherRoom].map((to) => reaches(site, to))).toEqual([true, true]);
    expect([sameRoom, otherRoom].map((to) => reaches(shut, to))).toEqual([true, false]);
  });
});

describe('with something on wheels', () => {
  const storey = (n: number): LevelSketch => ({
    rooms: [
      { id: `hall${n}`, shape: [0, 0, 40, 3], category: 'walkway' },
      { id: `stair${n}`, shape: [0, 3, 3, 6], category: 'stairs', connector: 'stair' },
      { id: `lift${n}`, shape: [37, 3, 40, 6], category: 'elevator', connector: 'lift' },
    ],
    doors: [
      [
        [1, 3],
        [2, 3],
        [`hall${n}`, `stair${n}`],
      ],
      [
        [38, 3],
        [39, 3],
        [`hall${n}`, `lift${n}`],
      ],
    ],
  });
  const site = sketchSite([storey(0), storey(1)]);
  const up = (rules: Partial<WalkingRules>) =>
    route(buildWalkingGraph(site, rules), { levelId: L0, x: 3, y: 1 }, { levelId: levelId('L1'), x: 3, y: 1 });

  it('one takes the lift where on foot one takes the stairs', () => {
    expect(up(rulesWith.none)?.legs[1]?.by?.category).toBe('stairs');
    expect(up(rulesWith.bed)?.legs[1]?.by?.category).toBe('elevator');
    expect(up(rulesWith.wheelchair)?.legs[1]?.by?.category).toBe('elevator');
  });

  it('a bed waits longer for the lift than a wheelchair', () => {
    expect(up(rulesWith.bed)?.seconds).toBeGreaterThan(up(rulesWith.wheelchair)?.seconds ?? Infinity);
  });
});

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  buildWalkingGraph,
  isInPolygon,
  type Level,
  type Point,
  route,
  type Site,
  sqDistToSegment,
  type Unit,
} from '../../../src/core';
import { loadSite } from '../../../src/sites/site-files';
import { seeded } from './random-building';

const hospital = join(__dirname, '..', '..', '..', 'floorplans', 'general-hospital');
/** Where a route passes a wall there is a door within this, metres. */
const atDoor = 0.6;

function pairs(site: Site, count: number): [Unit, Unit][] {
  const random = seeded(7);
  const units = [...site.unitById.values()];
  const pick = (): Unit => {
    const unit = units[Math.floor(random() * units.length)];
    if (unit === undefined) throw new Error('no unit');
    return unit;
  };
  return Array.from({ length: count }, () => [pick(), pick()]);
}

describe('routes through the hospital', () => {
  it('stay in rooms and go from room to room at doors only', async () => {
    const { site } = await loadSite(hospital);
    const graph = buildWalkingGraph(site);
    const strayed: string[] = [];
    for (const [from, to] of pairs(site, 60)) {
      const found = route(graph, standIn(from), standIn(to));
      for (const { levelId, points } of found?.legs ?? []) {
        const level = site.levelById.get(levelId);
        if (level !== undefined && steps(points).some((step) => passesWall(step, level))) {
          strayed.push(`${from.id} to ${to.id}`);
        }
      }
    }
    expect(strayed).toEqual([]);
  });

  it('have legs that begin where the lift or stair of the leg before ends', async () => {
    const { site } = await loadSite(hospital);
    const graph = buildWalkingGraph(site);
    for (const [from, to] of pairs(site, 60)) {
      const found = route(graph, standIn(from), standIn(to));
      expect(found?.legs[0]?.levelId).toBe(from.levelId);
      expect(found?.legs.at(-1)?.levelId).toBe(to.levelId);
      for (const { by, levelId, points } of found?.legs.slice(1) ?? []) {
        const [x, y] = points[0] ?? [NaN, NaN];
        const unit = site.levelById.get(levelId)?.units.find(({ polygon }) => isInPolygon(x, y, polygon));
        expect(unit?.connector).toBe(by?.connector);
      }
    }
  });

  it('need a badge into medication rooms, the theatres and the stair for staff', async () => {
    const { site } = await loadSite(hospital);
    const entrance = [...site.unitById.values()].find(({ spaceType }) => spaceType === 'reception');
    if (entrance === undefined) throw new Error('no reception');
    const [staff, visitor] = [buildWalkingGraph(site), buildWalkingGraph(site, { staffDoors: false })];
    const kept = [...site.unitById.values()].filter(
      (unit) => ['medication-room', 'operating-room'].includes(unit.spaceType ?? '') || unit.connector === 'stair-2',
    );
    expect(kept.length).toBeGreaterThan(10);
    for (const unit of kept) {
      expect([unit.id, route(staff, standIn(entrance), standIn(unit)) !== null]).toEqual([unit.id, true]);
      expect([unit.id, route(visitor, standIn(entrance), standIn(unit))]).toEqual([unit.id, null]);
    }
  });

  function standIn(unit: Unit) {
    const [x, y] = unit.polygon[0]?.[0] ?? [NaN, NaN];
    return { levelId: unit.levelId, x, y, unitId: unit.id };
  }
});

/** The route in steps of 20 cm. */
function steps(points: readonly Point[]): [Point, Point][] {
  return points.slice(1).flatMap(([bx, by], i) => {
    const [ax, ay] = points[i] ?? [bx, by];
    const count = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / 0.2));
    const at = (k: number): Point => [ax + ((bx - ax) * k) / count, ay + ((by - ay) * k) / count];
    return Array.from({ length: count }, (_, k): [Point, Point] => [at(k), at(k + 1)]);
  });
}

function passesWall([a, b]: [Point, Point], level: Level): boolean {
  const [before, after] = [unitsAt(a, level), unitsAt(b, level)];
  if (before === after && before !== '') return false;
  return level.openings.every(({ from, to }) => sqDistToSegment(b[0], b[1], from, to) > atDoor ** 2);
}

const unitsAt = ([x, y]: Point, { units }: Level): string =>
  units
    .filter(({ polygon }) => isInPolygon(x, y, polygon))
    .map(({ id }) => id)
    .join();

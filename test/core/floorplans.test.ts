import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as turf from '@turf/turf';
import { describe, expect, it } from 'vitest';
import {
  arrive,
  buildWalkingGraph,
  isInPolygon,
  type Level,
  levelId,
  nearestOnEdges,
  type Opening,
  type Point,
  type Site,
  type Unit,
  walkFrom,
} from '../../src/core';
import { readAssetFile } from '../../src/assets/asset-file';
import { loadSite } from '../../src/sites/site-files';

const root = join(__dirname, '..', '..', 'floorplans');
const plans = readdirSync(root).filter((name) => existsSync(join(root, name, 'site.json')));

/** Units nobody walks into: shafts, voids, the building itself. */
const closed = new Set(['structure', 'opentobelow', 'shaft', 'parking']);
/** Doors that lead from one unit to the street. */
const waysOut = new Set(['emergencyexit', 'pedestrian.principal', 'service', 'automobile']);
/** How far a door may lie off the wall of a unit it joins, metres. */
const wallThickness = 0.35;

it('there are plans to look at', () => {
  expect(plans).toContain('general-hospital');
});

describe.each(plans)('the plan %s', (name) => {
  const loading = loadSite(join(root, name));
  const eachLevel = async (look: (level: Level, site: Site) => readonly string[]): Promise<string[]> => {
    const { site } = await loading;
    return site.levels.flatMap((level) => look(level, site).map((fault) => `${level.id}: ${fault}`));
  };

  it('has rings that do not cross themselves', async () => {
    const faults = await eachLevel((level) =>
      [...level.units, ...level.sections, ...level.fixtures]
        .filter(({ polygon }) => turf.kinks(turf.polygon(toPositions(polygon))).features.length > 0)
        .map(({ id }) => id),
    );
    expect(faults).toEqual([]);
  });

  it('has units that do not overlap', async () => {
    expect(await eachLevel((level) => overlaps(level.units))).toEqual([]);
  });

  it('has units inside the outline of their level', async () => {
    const faults = await eachLevel(({ outline, units }) =>
      outline === null ? [] : units.filter(({ polygon }) => !isWithin(polygon[0] ?? [], outline)).map(({ id }) => id),
    );
    expect(faults).toEqual([]);
  });

  it('has doors in the walls of the two units they join', async () => {
    expect(await eachLevel((level, site) => level.openings.flatMap((opening) => faultsOfDoor(opening, site)))).toEqual(
      [],
    );
  });

  it('has gateways inside the building, between floor and ceiling', async () => {
    const faults = await eachLevel((level) =>
      level.gateways
        .filter(
          ({ x, y, z }) => z < 0 || z > level.height || !level.units.some((unit) => isInPolygon(x, y, unit.polygon)),
        )
        .map(({ id }) => id),
    );
    expect(faults).toEqual([]);
  });

  it('has lifts and stairs on more than one level, one above the other', async () => {
    const { site } = await loading;
    const byConnector = new Map<string, Unit[]>();
    for (const unit of site.unitById.values()) {
      if (unit.connector === null) continue;
      byConnector.set(unit.connector, [...(byConnector.get(unit.connector) ?? []), unit]);
    }
    const faults = [...byConnector].filter(([, units]) => units.length < 2 || !overlapInPlan(units));
    expect(faults.map(([connector]) => connector)).toEqual([]);
    const unjoined = [...site.unitById.values()].filter(
      ({ category, connector }) => (category === 'elevator' || category === 'stairs') && connector === null,
    );
    expect(site.levels.length > 1 ? unjoined.map(({ id }) => id) : []).toEqual([]);
  });

  it('can be walked from every room to every other', async () => {
    const { site } = await loading;
    const graph = buildWalkingGraph(site);
    const [first] = site.levels.find(({ ordinal }) => ordinal === 0)?.units ?? [];
    if (first === undefined) throw new Error('no unit on the ground level');
    const walk = walkFrom(graph, standingIn(graph, first));
    if (walk === null) throw new Error(`nowhere to stand in ${first.id}`);
    const unreached = [...site.unitById.values()]
      .filter(({ category }) => !closed.has(category))
      .filter((unit) => arrive(graph, walk, standingIn(graph, unit)) === null);
    expect(unreached.map(({ id }) => id)).toEqual([]);
  });

  it('has equipment that the registry accepts, each with a tag', async () => {
    const { site } = await loading;
    const { assets, refused } = await readAssetFile(join(root, name), site);
    expect(refused).toEqual([]);
    expect(assets.filter(({ tagIds }) => tagIds.length === 0)).toEqual([]);
  });
});

const toPositions = (polygon: Unit['polygon']): number[][][] => polygon.map((ring) => ring.map(([x, y]) => [x, y]));

function standingIn(graph: ReturnType<typeof buildWalkingGraph>, unit: Unit) {
  const [x, y] = graph.rooms[graph.roomByUnit.get(unit.id) ?? -1]?.inner ?? [NaN, NaN];
  return { levelId: levelId(unit.levelId), x, y, unitId: unit.id };
}

/** Pairs of units that share more than a sliver of floor. */
function overlaps(units: readonly Unit[]): string[] {
  const boxed = units.map((unit) => ({ unit, shape: turf.polygon(toPositions(unit.polygon)) }));
  const boxes = boxed.map(({ shape }) => turf.bbox(shape));
  const faults: string[] = [];
  boxed.forEach((one, i) => {
    boxed.slice(i + 1).forEach((other, k) => {
      const [a = [], b = []] = [boxes[i], boxes[i + 1 + k]];
      if (!boxesMeet(a, b)) return;
      const shared = turf.intersect(turf.featureCollection([one.shape, other.shape]));
      const area = shared === null ? 0 : planarArea(shared);
      if (area > 0.01) faults.push(`${one.unit.id} and ${other.unit.id} share ${area.toFixed(2)} m²`);
    });
  });
  return faults;
}

const boxesMeet = (a: readonly number[], b: readonly number[]): boolean =>
  (a[0] ?? 0) < (b[2] ?? 0) && (b[0] ?? 0) < (a[2] ?? 0) && (a[1] ?? 0) < (b[3] ?? 0) && (b[1] ?? 0) < (a[3] ?? 0);

/** Square metres: turf's own area takes coordinates for degrees. */
function planarArea({ geometry }: NonNullable<ReturnType<typeof turf.intersect>>): number {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const areas = polygons.flatMap((rings) => rings.map((ring, i) => (i === 0 ? 1 : -1) * ringArea(ring)));
  return areas.reduce((sum, area) => sum + area, 0);
}

function ringArea(ring: readonly (readonly number[])[]): number {
  const doubled = ring.reduce((sum, [x = 0, y = 0], i) => {
    const [nextX = 0, nextY = 0] = ring[(i + 1) % ring.length] ?? [];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(doubled) / 2;
}

function isWithin(points: readonly Point[], outline: Unit['polygon']): boolean {
  return points.every(([x, y]) => isInPolygon(x, y, outline) || distanceToEdges(x, y, outline) < 0.01);
}

function distanceToEdges(x: number, y: number, polygon: Unit['polygon']): number {
  const nearest = nearestOnEdges(x, y, polygon);
  return nearest === null ? Infinity : Math.hypot(nearest[0] - x, nearest[1] - y);
}

function faultsOfDoor({ id, unitIds, from, to, category }: Opening, site: Site): string[] {
  const faults: string[] = [];
  if (unitIds.length === 1 && !waysOut.has(category)) {
    faults.push(`${id} joins only ${unitIds.join()}`);
  }
  if (new Set(unitIds).size !== unitIds.length) faults.push(`${id} joins ${unitIds[0] ?? ''} with itself`);
  for (const unitId of unitIds) {
    const polygon = site.unitById.get(unitId)?.polygon ?? [];
    const off = Math.max(distanceToEdges(from[0], from[1], polygon), distanceToEdges(to[0], to[1], polygon));
    if (off > wallThickness) faults.push(`${id} lies ${off.toFixed(2)} m off the wall of ${unitId}`);
  }
  const width = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (width < 0.6) faults.push(`${id} is ${width.toFixed(2)} m wide`);
  return faults;
}

function overlapInPlan(units: readonly Unit[]): boolean {
  const [first, ...rest] = units.map((unit) => turf.bbox(turf.polygon(toPositions(unit.polygon))));
  return first !== undefined && rest.every((box) => boxesMeet(first, box));
}

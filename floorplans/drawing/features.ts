import { featureCollection, polygon, union } from '@turf/turf';
import type { Feature, Polygon } from 'geojson';
import type { Point, Ring } from '../../src/core';
import type { DrawnDoor, DrawnLevel, DrawnSection, DrawnUnit } from './drawn';
import { Frame, type Piece } from './furniture';
import { isInside, ringOf, toCentimetre, type Rect } from './geometry';
import { SPACE_TYPES } from './space-types';
import { USUAL_FURNITURE } from './usual-furniture';

interface PlanFeature {
  readonly type: 'Feature';
  readonly id: string;
  readonly geometry: {
    readonly type: 'Polygon' | 'LineString';
    readonly coordinates: readonly Ring[] | readonly Point[];
  };
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Floor kept free in front of a door, metres. */
const DOOR_CLEARANCE = 0.7;
/** How far from a wall we look for the room behind it, metres. */
const PROBE = 0.1;

export function featuresOf(level: DrawnLevel): readonly PlanFeature[] {
  return [
    levelFeature(level),
    ...level.sections.map((section) => sectionFeature(section, level)),
    ...level.units.map(unitFeature),
    ...openingFeatures(level),
    ...level.units.flatMap((unit) => fixtureFeatures(unit, level.doors)),
  ];
}

const polygonFeature = (id: string, rings: readonly Ring[], properties: PlanFeature['properties']): PlanFeature => ({
  type: 'Feature',
  id,
  geometry: { type: 'Polygon', coordinates: rings },
  properties,
});

function levelFeature({ id, name, ordinal, outline }: DrawnLevel): PlanFeature {
  return polygonFeature(id, [outline], { feature_type: 'level', category: 'unspecified', name, ordinal });
}

function unitFeature(unit: DrawnUnit): PlanFeature {
  const { id, ring, spaceType, name, number, sectionId, levelId, connector } = unit;
  return polygonFeature(id, [ring], {
    feature_type: 'unit',
    category: SPACE_TYPES[spaceType].category,
    spaceType,
    name,
    number,
    sectionId,
    levelId,
    ...(connector === null ? {} : { connector }),
  });
}

/** A section is exactly its units, corridors included. */
function sectionFeature({ id, name, short, category }: DrawnSection, level: DrawnLevel): PlanFeature {
  const units = level.units.filter((unit) => unit.sectionId === id);
  const joined = joinRings(units.map((unit) => unit.ring));
  if (joined?.geometry.type !== 'Polygon') throw new Error(`Section ${id} is not one piece`);
  const rings = joined.geometry.coordinates.map((ring, i) => tidy(ring, i === 0));
  return polygonFeature(id, rings, { feature_type: 'section', category, name, short, levelId: level.id });
}

function joinRings(rings: readonly Ring[]): ReturnType<typeof union> {
  const polygons: Feature<Polygon>[] = rings.map((ring) => polygon([ring.map(([x, y]) => [x, y])]));
  return polygons.length > 1 ? union(featureCollection(polygons)) : (polygons[0] ?? null);
}

/** Corners only, in centimetres, exteriors counter-clockwise and holes clockwise. */
function tidy(ring: readonly number[][], exterior: boolean): Ring {
  const points = ring.slice(1).map(([x = 0, y = 0]): Point => [toCentimetre(x), toCentimetre(y)]);
  const corners = points.filter(([x, y], i) => {
    const [ax, ay] = points.at(i - 1) ?? [x, y];
    const [bx, by] = points[(i + 1) % points.length] ?? [x, y];
    return Math.abs((x - ax) * (by - y) - (y - ay) * (bx - x)) > 1e-9;
  });
  const area = corners.reduce((sum, [x, y], i) => {
    const [ax, ay] = corners.at(i - 1) ?? [x, y];
    return sum + ax * y - x * ay;
  }, 0);
  const wound = area > 0 === exterior ? corners : corners.toReversed();
  return [...wound, ...wound.slice(0, 1)];
}

function openingFeatures(level: DrawnLevel): readonly PlanFeature[] {
  const seen = new Map<string, number>();
  return level.doors.map((door) => {
    const count = (seen.get(door.unitId) ?? 0) + 1;
    seen.set(door.unitId, count);
    return {
      type: 'Feature',
      id: `${door.unitId}-door${count > 1 ? `-${count}` : ''}`,
      geometry: { type: 'LineString', coordinates: [door.from, door.to] },
      properties: {
        feature_type: 'opening',
        category: door.category,
        levelId: level.id,
        unitIds: unitsJoinedBy(door, level),
        ...(door.access === null ? {} : { access: door.access }),
        ...(door.virtual ? { virtual: true } : {}),
      },
    };
  });
}

/** The room that asked for the door first, then the one behind the wall. */
function unitsJoinedBy(door: DrawnDoor, level: DrawnLevel): readonly string[] {
  const [[ax, ay], [bx, by]] = [door.from, door.to];
  const [nx, ny] = ax === bx ? [PROBE, 0] : [0, PROBE];
  const beside = ([x, y]: Point): readonly (string | undefined)[] =>
    [-1, 1].map((sign) => unitAt([x + sign * nx, y + sign * ny], level));
  const ends = [0.02, 0.5, 0.98].map((t) => beside([ax + t * (bx - ax), ay + t * (by - ay)]));
  const found = new Set(ends.flat().filter((id) => id !== undefined));
  const wanted = door.exterior ? 1 : 2;
  if (found.size !== wanted || !found.has(door.unitId)) {
    throw new Error(`A door of ${door.unitId} joins ${[...found].join(', ')} at ${door.from.join(' ')}`);
  }
  return [door.unitId, ...[...found].filter((id) => id !== door.unitId)];
}

const unitAt = (point: Point, level: DrawnLevel): string | undefined =>
  level.units.find((unit) => isInside(point, unit.ring))?.id;

function fixtureFeatures(unit: DrawnUnit, doors: readonly DrawnDoor[]): readonly PlanFeature[] {
  const furniture = unit.furniture ?? USUAL_FURNITURE[unit.spaceType];
  const pieces = furniture?.(new Frame(unit)).filter((piece) => fits(piece, unit, doors)) ?? [];
  return pieces.map((piece, i) =>
    polygonFeature(`${unit.id}-fixture-${i + 1}`, [ringOf(piece.rect)], {
      feature_type: 'fixture',
      category: piece.category,
      levelId: unit.levelId,
      unitId: unit.id,
    }),
  );
}

function fits({ rect }: Piece, unit: DrawnUnit, doors: readonly DrawnDoor[]): boolean {
  if (rect.x1 - rect.x0 < 0.2 || rect.y1 - rect.y0 < 0.2) return false;
  const inside = ringOf(rect).every((corner) => isInside(corner, unit.ring));
  return inside && !doors.some((door) => isOpenInto(door, rect));
}

function isOpenInto({ from, to, virtual }: DrawnDoor, { x0, y0, x1, y1 }: Rect): boolean {
  const clear = virtual ? 0.4 : DOOR_CLEARANCE;
  const across = from[0] === to[0] ? [clear, 0] : [0, clear];
  const [dx = 0, dy = 0] = across;
  return x0 < to[0] + dx && x1 > from[0] - dx && y0 < to[1] + dy && y1 > from[1] - dy;
}

import {
  type Fixture,
  type LevelParts,
  levelId,
  type Opening,
  type Point,
  type Polygon,
  type Ring,
  type Section,
  sectionId,
  type Unit,
  type UnitId,
  unitId,
} from '../core';
import type { PlanFeature } from './site-schema';

/** One thing wrong in a site's files. */
export interface Fault {
  readonly file: string;
  readonly feature?: string | undefined;
  readonly reason: string;
}

interface LevelHead {
  readonly id: string;
  readonly name: string;
  readonly names?: { readonly fr?: string };
  readonly ordinal: number;
  readonly elevation: number;
  readonly height: number;
}

/** How far a door may lie from a wall it belongs to, metres: a wall's thickness. */
const onWall = 0.25;
/** Tolerance for a ring to count as closed, metres. */
const closed = 1e-6;

/** The features of one plan → the level. What is wrong is added to `faults`; the feature is then left out. */
export function readLevel(
  head: LevelHead,
  features: readonly PlanFeature[],
  file: string,
  faults: Fault[],
): LevelParts {
  const level = levelId(head.id);
  const units: Unit[] = [];
  const openings: Opening[] = [];
  const sections: Section[] = [];
  const fixtures: Fixture[] = [];
  let outline: Polygon | null = null;
  for (const feature of features) {
    const fault = (reason: string) => void faults.push({ file, feature: feature.id, reason });
    const { properties } = feature;
    switch (properties.feature_type) {
      case 'unit': {
        const polygon = readPolygon(feature, fault);
        if (polygon !== null) units.push(readUnit(feature, level, polygon));
        break;
      }
      case 'opening': {
        const opening = readOpening(feature, level, fault);
        if (opening !== null) openings.push(opening);
        break;
      }
      case 'section': {
        const polygon = readPolygon(feature, fault);
        if (polygon !== null) sections.push(readSection(feature, level, polygon));
        break;
      }
      case 'fixture': {
        const polygon = readPolygon(feature, fault);
        if (polygon !== null) fixtures.push(readFixture(feature, polygon));
        break;
      }
      case 'level':
        outline = readPolygon(feature, fault);
        break;
      default:
        fault(`unknown feature_type ${properties.feature_type}; known: unit, opening, section, fixture, level`);
    }
  }
  const doors = openings.map((opening) => joined(opening, units));
  checkReferences(units, doors, sections, (feature, reason) => faults.push({ file, feature, reason }));
  const { name, names, ordinal, elevation, height } = head;
  return {
    id: level,
    name,
    ...(names && { names }),
    ordinal,
    elevation,
    height,
    outline,
    units,
    openings: doors,
    sections,
    fixtures,
  };
}

const optional = <T>(id: string | null | undefined, brand: (id: string) => T): T | null =>
  id === null || id === undefined ? null : brand(id);

function readUnit(feature: PlanFeature, level: LevelParts['id'], polygon: Polygon): Unit {
  const p = feature.properties;
  return {
    id: unitId(feature.id),
    levelId: level,
    name: p.name ?? { en: p.number ?? feature.id },
    number: p.number ?? null,
    category: p.category ?? 'unspecified',
    spaceType: p.spaceType ?? null,
    sectionId: optional(p.sectionId, sectionId),
    connector: p.connector ?? null,
    polygon,
  };
}

function readSection(feature: PlanFeature, level: LevelParts['id'], polygon: Polygon): Section {
  const p = feature.properties;
  return {
    id: sectionId(feature.id),
    levelId: level,
    name: p.name ?? { en: feature.id },
    short: p.short ?? null,
    category: p.category ?? null,
    polygon,
  };
}

function readFixture(feature: PlanFeature, polygon: Polygon): Fixture {
  const p = feature.properties;
  return {
    id: feature.id,
    category: p.category ?? 'furniture',
    unitId: optional(p.unitId, unitId),
    polygon,
  };
}

function readOpening(feature: PlanFeature, level: LevelParts['id'], fault: (reason: string) => void): Opening | null {
  const { geometry, properties } = feature;
  if (geometry.type !== 'LineString') {
    fault(`an opening is a LineString, not a ${geometry.type}`);
    return null;
  }
  const [from, to] = geometry.coordinates;
  if (from === undefined || to === undefined || geometry.coordinates.length !== 2) {
    fault('an opening is a line of exactly two points');
    return null;
  }
  return {
    id: feature.id,
    levelId: level,
    category: properties.category ?? 'pedestrian',
    from: [from[0], from[1]],
    to: [to[0], to[1]],
    unitIds: (properties.unitIds ?? []).map(unitId),
    ...(properties.access === null || properties.access === undefined ? {} : { access: properties.access }),
  };
}

/** Plans made elsewhere may not name the units a door joins: they are those whose wall it lies on. */
function joined(opening: Opening, units: readonly Unit[]): Opening {
  if (opening.unitIds.length > 0) return opening;
  const middle: Point = [(opening.from[0] + opening.to[0]) / 2, (opening.from[1] + opening.to[1]) / 2];
  const near = units
    .map((unit) => ({ id: unit.id, distance: distanceToWalls(middle, unit.polygon) }))
    .filter(({ distance }) => distance <= onWall)
    .sort((a, b) => a.distance - b.distance);
  return { ...opening, unitIds: near.slice(0, 2).map(({ id }) => id) };
}

function distanceToWalls(point: Point, polygon: Polygon): number {
  let nearest = Infinity;
  for (const ring of polygon) {
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1], ring[i]];
      if (a !== undefined && b !== undefined) nearest = Math.min(nearest, distanceToSegment(point, a, b));
    }
  }
  return nearest;
}

function distanceToSegment([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(px - ax - along * dx, py - ay - along * dy);
}

function readPolygon(feature: PlanFeature, fault: (reason: string) => void): Polygon | null {
  const { geometry } = feature;
  if (geometry.type !== 'Polygon') {
    fault(`a ${feature.properties.feature_type} is a Polygon, not a ${geometry.type}`);
    return null;
  }
  const rings: Ring[] = [];
  for (const [i, raw] of geometry.coordinates.entries()) {
    const ring = raw.map(([x, y]): Point => [x, y]);
    const [first, last] = [ring[0], ring.at(-1)];
    if (first === undefined || last === undefined) return null;
    if (Math.abs(first[0] - last[0]) > closed || Math.abs(first[1] - last[1]) > closed) {
      fault(`ring ${i} is not closed: it ends at ${last.join(', ')}, not at its start ${first.join(', ')}`);
      return null;
    }
    const area = signedArea(ring);
    if (Math.abs(area) < 0.01) {
      fault(`ring ${i} has no area`);
      return null;
    }
    // Exterior counter-clockwise, holes clockwise: mended here so that nobody downstream need ask.
    rings.push(area > 0 === (i === 0) ? ring : ring.toReversed());
  }
  return rings;
}

function signedArea(ring: Ring): number {
  let twice = 0;
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1], ring[i]];
    if (a !== undefined && b !== undefined) twice += a[0] * b[1] - b[0] * a[1];
  }
  return twice / 2;
}

function checkReferences(
  units: readonly Unit[],
  openings: readonly Opening[],
  sections: readonly Section[],
  fault: (feature: string, reason: string) => void,
): void {
  const knownUnits = new Set<UnitId>(units.map((unit) => unit.id));
  const knownSections = new Set(sections.map((section) => section.id));
  for (const opening of openings) {
    if (opening.unitIds.length === 0) fault(opening.id, 'lies on no wall of a unit and names none in unitIds');
    for (const id of opening.unitIds) if (!knownUnits.has(id)) fault(opening.id, `joins unknown unit ${id}`);
  }
  for (const unit of units) {
    if (unit.sectionId !== null && !knownSections.has(unit.sectionId)) {
      fault(unit.id, `lies in unknown section ${unit.sectionId}`);
    }
  }
}

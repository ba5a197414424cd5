import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { Frame, LevelPlan, PlanFeature, Position, Ring } from '../api/types';
import type { Named } from '../i18n/language.svelte';
import { toLngLat } from './frame';
import { depth, doorSwing, inRings, labelPoint, ringArea } from './geometry';

/** What the plan layers draw, each source in WGS84. */
export interface PlanSources {
  readonly floor: FeatureCollection;
  readonly units: FeatureCollection;
  readonly walls: FeatureCollection;
  readonly doors: FeatureCollection;
  readonly fixtures: FeatureCollection;
  readonly labels: FeatureCollection;
  readonly sections: FeatureCollection;
}

const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] };
export const noPlan: PlanSources = {
  floor: nothing,
  units: nothing,
  walls: nothing,
  doors: nothing,
  fixtures: nothing,
  labels: nothing,
  sections: nothing,
};

/** How a unit is painted: circulation, lifts and stairs, rooms of a department, other rooms. */
type Role = 'corridor' | 'core' | 'room' | 'void';

const corridors = new Set(['walkway', 'lobby', 'ramp', 'road', 'sidewalk']);
const cores = new Set(['elevator', 'stairs', 'escalator', 'steps']);

export function roleOf({ category, spaceType }: { category?: string | null; spaceType?: string | null }): Role {
  if (cores.has(category ?? '')) return 'core';
  if (corridors.has(category ?? '') || spaceType === 'corridor') return 'corridor';
  return category === 'opentobelow' || category === 'structure' ? 'void' : 'room';
}

export const unitsOf = (plan: LevelPlan): readonly PlanFeature[] =>
  plan.features.filter(({ properties }) => properties.feature_type === 'unit');

export const ringsOf = (feature: PlanFeature): readonly Ring[] =>
  feature.geometry.type === 'Polygon' ? feature.geometry.coordinates : [];

/** The unit a point lies in; rooms before corridors, should they overlap. */
export function unitAt(plan: LevelPlan, point: Position): PlanFeature | null {
  const holding = unitsOf(plan).filter((unit) => inRings(point, ringsOf(unit)));
  return holding.find((unit) => roleOf(unit.properties) === 'room') ?? holding[0] ?? null;
}

/** Where a unit's name would stand; null while its plan is not there. */
export function middleOf(plan: LevelPlan | undefined, unitId: string | null): Position | null {
  const unit = plan?.features.find(({ id, properties }) => id === unitId && properties.feature_type === 'unit');
  return unit === undefined ? null : labelPoint(ringsOf(unit)).at;
}

/**
 * The plan of a level as sources. `tintOf` gives a section's colour number; `say` picks the language of a name.
 */
export function planSources(
  plan: LevelPlan,
  frame: Frame,
  tintOf: (sectionId: string) => number,
  say: (name: Named) => string,
): PlanSources {
  const place = (point: Position): Position => toLngLat(frame, point);
  const of = (type: string) => plan.features.filter(({ properties }) => properties.feature_type === type);
  const units = of('unit');
  const unitById = new Map(units.map((unit) => [unit.id, unit]));
  const outline = of('level');
  return {
    floor: collect((outline.length > 0 ? outline : units).map((f) => polygon(ringsOf(f), place, {}))),
    units: collect(
      units.map((unit) => {
        const section = unit.properties.sectionId ?? null;
        return polygon(
          ringsOf(unit),
          place,
          { role: roleOf(unit.properties), tint: section === null ? -1 : tintOf(section) },
          unit.id,
        );
      }),
    ),
    walls: collect([
      ...units.filter((u) => roleOf(u.properties) !== 'void').flatMap((u) => rings(u, place, 'wall')),
      ...outline.flatMap((feature) => rings(feature, place, 'outline')),
    ]),
    doors: collect(of('opening').flatMap((opening) => door(opening, unitById, place))),
    fixtures: collect(of('fixture').map((f) => polygon(ringsOf(f), place, { category: f.properties.category ?? '' }))),
    labels: collect(units.flatMap((unit) => unitLabel(unit, place, say))),
    sections: collect(of('section').map((section) => sectionLabel(section, place, say, tintOf))),
  };
}

const collect = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });

type Place = (point: Position) => Position;
const copy = (point: Position): [number, number] => [point[0], point[1]];

function feature(geometry: Geometry, properties: Feature['properties'], id?: string): Feature {
  return { type: 'Feature', geometry, properties: id === undefined ? properties : { ...properties, id } };
}

function polygon(ringList: readonly Ring[], place: Place, properties: Feature['properties'], id?: string): Feature {
  return feature({ type: 'Polygon', coordinates: ringList.map((r) => r.map((p) => copy(place(p)))) }, properties, id);
}

const line = (points: readonly Position[], place: Place, properties: Feature['properties']): Feature =>
  feature({ type: 'LineString', coordinates: points.map((p) => copy(place(p))) }, properties);

const rings = (f: PlanFeature, place: Place, part: string): Feature[] =>
  ringsOf(f).map((ring) => line(ring, place, { part }));

/** Wider ones are open counters and bays: they have no leaf. */
const widestDoor = 2.6;
const widestLeaf = 1.3;

/** A gap in the wall, and for a swing door the leaf with its arc, opening into the smaller room. */
function door(opening: PlanFeature, unitById: ReadonlyMap<string, PlanFeature>, place: Place): Feature[] {
  if (opening.geometry.type !== 'LineString') return [];
  const [from, to] = opening.geometry.coordinates;
  if (from === undefined || to === undefined) return [];
  const joined = (opening.properties.unitIds ?? []).flatMap((id) => unitById.get(id) ?? []);
  const features = [line([from, to], place, { part: 'gap' })];
  const rooms = joined.filter((unit) => roleOf(unit.properties) === 'room');
  const into = rooms.sort((a, b) => ringArea(ringsOf(a)[0] ?? []) - ringArea(ringsOf(b)[0] ?? []))[0];
  const width = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (into === undefined || width > widestDoor) return features;
  const side = insideOf(from, to, ringsOf(into));
  const middle: Position = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const leaves =
    width > widestLeaf ? [doorSwing(from, middle, side), doorSwing(to, middle, side)] : [doorSwing(from, to, side)];
  return [...features, ...leaves.map((leaf) => line(leaf, place, { part: 'leaf' }))];
}

/** A point just beside the middle of a door, on the side that lies in the room. */
function insideOf(from: Position, to: Position, room: readonly Ring[]): Position {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy) || 1;
  const [mx, my] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const left: Position = [mx - (dy / length) * 0.4, my + (dx / length) * 0.4];
  const right: Position = [mx + (dy / length) * 0.4, my - (dx / length) * 0.4];
  return depth(left, room) >= depth(right, room) ? left : right;
}

/** `Clean utility 3-110` → `Clean utility`: the number has a line of its own. */
const withoutNumber = (name: string, number: string): string =>
  number === '' ? name : name.replace(number, '').trim();

function unitLabel(unit: PlanFeature, place: Place, say: (name: Named) => string): Feature[] {
  const { name, number, category } = unit.properties;
  const role = roleOf(unit.properties);
  if (role === 'void') return [];
  const { at, depth: room } = labelPoint(ringsOf(unit));
  const sign = category === 'elevator' ? 'lift' : category === 'stairs' ? 'stairs' : null;
  const title = name == null ? '' : withoutNumber(say(name), number ?? '');
  return [
    feature(
      { type: 'Point', coordinates: copy(place(at)) },
      // Widest first: a big room's name wins the space over a cupboard's.
      { title, number: number ?? '', role, sign, room, area: ringArea(ringsOf(unit)[0] ?? []), order: -room },
      unit.id,
    ),
  ];
}

function sectionLabel(
  section: PlanFeature,
  place: Place,
  say: (name: Named) => string,
  tintOf: (sectionId: string) => number,
): Feature {
  const { at } = labelPoint(ringsOf(section));
  const title = section.properties.name == null ? section.id : say(section.properties.name);
  return feature({ type: 'Point', coordinates: copy(place(at)) }, { title, tint: tintOf(section.id) }, section.id);
}

import { distanceToPolygon } from '../geometry/polygon';
import type { SectionId, UnitId } from '../ids';
import type { LevelModel } from '../model';
import type { Rules } from '../rules';
import type { Unit } from '../site';
import type { UnitShares } from './unit-shares';

export interface ZoneChoice {
  readonly zoneId: UnitId | null;
  /** The section of `zoneId`; without one, the section that is likelier than all others together. */
  readonly sectionId: SectionId | null;
  /** Probability that `zoneId` is right; without one, that `sectionId` is. */
  readonly probability: number;
  /** The likeliest units, most likely first, five at most. */
  readonly zones: readonly (readonly [UnitId, number])[];
}

/** What is known of a place: where, how far off, and what share of it lies in which unit. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly radius50: number;
  readonly radius90: number;
  readonly masses: UnitShares;
  /** Whether walls have had their part in the masses. */
  readonly knowsWalls: boolean;
}

/**
 * The unit a tag is in: the share of the fix's error that falls in each unit, less for units behind a wall of the
 * present one. No unit is named that is less likely than all others together. Then the section is named that holds most
 * of the error.
 */
export function chooseZone(level: LevelModel, placed: Placed, present: UnitId | null, rules: Rules): ZoneChoice {
  const count = believe(level, placed, present, rules);
  const zones = likeliestZones(count);
  const [likeliest] = belief;
  if (count === 0 || likeliest === undefined) return { zoneId: null, sectionId: null, probability: 1, zones };
  const own = likelyUnit(present, count);
  if (own !== undefined && own.share >= leastShare) return named(own, zones);
  if (likeliest.share >= leastShare) return named(likeliest, zones);
  return likeliestSection(count, zones);
}

/** A unit and the probability that the tag is in it. */
interface Likely {
  unit: Unit;
  share: number;
}

/** The units the tag in hand may be in, most likely first. Written over for every fix; there may be some left behind. */
const belief: Likely[] = [];

function likeliestZones(count: number): ZoneChoice['zones'] {
  const zones = new Array<readonly [UnitId, number]>(Math.min(count, mostZones));
  for (let i = 0; i < zones.length; i++) {
    const likely = belief[i];
    if (likely !== undefined) zones[i] = [likely.unit.id, likely.share];
  }
  return zones;
}

function likelyUnit(unitId: UnitId | null, count: number): Likely | undefined {
  for (let i = 0; i < count; i++) if (belief[i]?.unit.id === unitId) return belief[i];
  return undefined;
}

const named = ({ unit, share }: Likely, zones: ZoneChoice['zones']): ZoneChoice => ({
  zoneId: unit.id,
  sectionId: unit.sectionId,
  probability: share,
  zones,
});

/** Units that are told of. */
const mostZones = 5;
/** A unit less likely than this is not named. */
const leastShare = 0.5;

/** The likeliest section, when it is likelier than all others together. */
function likeliestSection(count: number, zones: ZoneChoice['zones']): ZoneChoice {
  let sectionId: SectionId | null = null;
  let probability = leastShare;
  for (let i = 0; i < count; i++) {
    const section = belief[i]?.unit.sectionId ?? null;
    const share = shareOfSection(section, i, count);
    if (share <= probability) continue;
    sectionId = section;
    probability = round(share);
  }
  return { zoneId: null, sectionId, probability, zones };
}

/** A section's share of the units from one on; 0 when an earlier one is in it, too. Units are few. */
function shareOfSection(section: SectionId | null, from: number, count: number): number {
  let share = 0;
  for (let i = 0; i < count; i++) {
    if (belief[i]?.unit.sectionId !== section) continue;
    if (i < from) return 0;
    share += belief[i]?.share ?? 0;
  }
  return share;
}

/** Fills the belief; returns how many units it has. */
function believe(level: LevelModel, placed: Placed, present: UnitId | null, rules: Rules): number {
  const { units } = level.level;
  const { masses, knowsWalls } = placed;
  if (masses.count === 0) return believeNearest(level, placed);
  const reached = present === null || knowsWalls ? null : (level.joined?.get(present) ?? null);
  let count = 0;
  let sum = 0;
  for (let place = 0; place < masses.count; place++) {
    const unit = units[masses.unitAt(place)];
    if (unit === undefined) continue;
    const isBehindWall = reached !== null && unit.id !== present && !reached.has(unit.id);
    const share = isBehindWall ? masses.shareAt(place) * rules.wallFactor : masses.shareAt(place);
    setLikely(count++, unit, share);
    sum += share;
  }
  for (let i = 0; i < count; i++) {
    const likely = belief[i];
    if (likely !== undefined) likely.share = round(likely.share / sum);
  }
  sortByShare(count);
  return count;
}

function setLikely(place: number, unit: Unit, share: number): void {
  const likely = belief[place];
  if (likely === undefined) belief.push({ unit, share });
  else {
    likely.unit = unit;
    likely.share = share;
  }
}

const isBefore = (a: Likely, b: Likely): boolean => (a.share === b.share ? a.unit.id < b.unit.id : a.share > b.share);

/** In place, by insertion: units are few, and most come in order. */
function sortByShare(count: number): void {
  for (let i = 1; i < count; i++) {
    const own = belief[i];
    if (own === undefined) continue;
    let at = i;
    for (let before = belief[at - 1]; before !== undefined && isBefore(own, before); before = belief[at - 1]) {
      belief[at--] = before;
    }
    belief[at] = own;
  }
}

const round = (share: number): number => Math.round(share * 1000) / 1000;

/** A fix outside every unit: the nearest one if the error reaches it, at even odds at best. */
function believeNearest(level: LevelModel, { x, y, radius90 }: Placed): number {
  let nearest: Unit | null = null;
  let best = radius90;
  for (const unit of level.level.units) {
    const distance = distanceToPolygon(x, y, unit.polygon);
    if (distance >= best) continue;
    best = distance;
    nearest = unit;
  }
  if (nearest === null) return 0;
  setLikely(0, nearest, round(0.5 * (1 - best / radius90)));
  return 1;
}

import { distanceToPolygon } from '../geometry/polygon';
import type { SectionId, UnitId } from '../ids';
import type { LevelModel } from '../model';
import type { Rules } from '../rules';

export interface ZoneChoice {
  readonly zoneId: UnitId | null;
  /** The section of `zoneId`; without one, the section that is likelier than all others together. */
  readonly sectionId: SectionId | null;
  /** Probability that `zoneId` is right; without one, that `sectionId` is. */
  readonly probability: number;
  /** The likeliest units, most likely first, five at most. */
  readonly zones: readonly (readonly [UnitId, number])[];
}

/** What is known of a place: where, how far off, and what share of it lies in which unit (by index). */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly radius50: number;
  readonly radius90: number;
  readonly masses: ReadonlyMap<number, number>;
  /** Whether walls have had their part in the masses. */
  readonly knowsWalls: boolean;
}

/**
 * The unit a tag is in: the share of the fix's error that falls in each unit, less for units behind a wall of the
 * present one. No unit is named that is less likely than all others together; another than the present one must lead
 * by more. Then the section is named that holds most of the error.
 */
export function chooseZone(level: LevelModel, placed: Placed, present: UnitId | null, rules: Rules): ZoneChoice {
  const all = zoneBelief(level, placed, present, rules);
  const zones = all.slice(0, 5);
  const [likeliest] = all;
  if (likeliest === undefined) return { zoneId: null, sectionId: null, probability: 1, zones };
  const [zoneId, share] = likeliest;
  const least = zoneId === present ? leastShare : rules.zoneEntry;
  if (share >= least) return { zoneId, sectionId: sectionOf(level, zoneId), probability: share, zones };
  const presentShare = all.find(([id]) => id === present)?.[1] ?? 0;
  if (present !== null && presentShare >= leastShare) {
    return { zoneId: present, sectionId: sectionOf(level, present), probability: presentShare, zones };
  }
  return { zoneId: null, ...sectionBelief(level, all), zones };
}

/** A unit less likely than this is not named. */
const leastShare = 0.5;

const sectionOf = ({ level }: LevelModel, id: UnitId): SectionId | null =>
  level.units.find((unit) => unit.id === id)?.sectionId ?? null;

/** The likeliest section, when it is likelier than all others together. */
function sectionBelief(
  level: LevelModel,
  zones: readonly (readonly [UnitId, number])[],
): Pick<ZoneChoice, 'sectionId' | 'probability'> {
  const shares = new Map<SectionId | null, number>();
  for (const [id, share] of zones) {
    const section = sectionOf(level, id);
    shares.set(section, (shares.get(section) ?? 0) + share);
  }
  let [sectionId, probability]: [SectionId | null, number] = [null, leastShare];
  for (const [section, share] of shares) if (share > probability) [sectionId, probability] = [section, round(share)];
  return { sectionId, probability };
}

function zoneBelief(level: LevelModel, placed: Placed, present: UnitId | null, rules: Rules): [UnitId, number][] {
  const { units } = level.level;
  const { masses, knowsWalls } = placed;
  if (masses.size === 0) return nearestUnit(level, placed);
  const reached = present === null || knowsWalls ? null : (level.joined?.get(present) ?? null);
  const belief: [UnitId, number][] = [];
  let sum = 0;
  for (const [index, mass] of masses) {
    const unit = units[index];
    if (unit === undefined) continue;
    const isBehindWall = reached !== null && unit.id !== present && !reached.has(unit.id);
    const share = isBehindWall ? mass * rules.wallFactor : mass;
    belief.push([unit.id, share]);
    sum += share;
  }
  for (const entry of belief) entry[1] = round(entry[1] / sum);
  return belief.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

const round = (share: number): number => Math.round(share * 1000) / 1000;

/** A fix outside every unit: the nearest one if the error reaches it, at even odds at best. */
function nearestUnit(level: LevelModel, { x, y, radius90 }: Placed): [UnitId, number][] {
  let nearest: UnitId | null = null;
  let best = radius90;
  for (const unit of level.level.units) {
    const distance = distanceToPolygon(x, y, unit.polygon);
    if (distance >= best) continue;
    best = distance;
    nearest = unit.id;
  }
  return nearest === null ? [] : [[nearest, round(0.5 * (1 - best / radius90))]];
}

import { distanceToPolygon } from '../geometry/polygon';
import type { UnitId } from '../ids';
import type { LevelModel } from '../model';
import type { Rules } from '../rules';

export interface ZoneChoice {
  readonly zoneId: UnitId | null;
  /** Probability that `zoneId` is right. */
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
 * present one. The present unit is kept until another leads by a margin that grows with the error.
 */
export function chooseZone(level: LevelModel, placed: Placed, present: UnitId | null, rules: Rules): ZoneChoice {
  const zones = zoneBelief(level, placed, present, rules);
  const [likeliest] = zones;
  if (likeliest === undefined) return { zoneId: null, probability: 1, zones: [] };
  const presentShare = zones.find(([id]) => id === present)?.[1] ?? 0;
  const leastLead = placed.knowsWalls ? rules.grid.zoneLead : rules.zoneLead;
  const lead = Math.min(0.5, leastLead + rules.zoneLeadPerMetre * placed.radius50);
  const stays = presentShare > 0 && likeliest[1] - presentShare < lead;
  const zoneId = stays ? present : likeliest[0];
  return { zoneId, probability: stays ? presentShare : likeliest[1], zones: zones.slice(0, 5) };
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

import type { Fix } from '../fix';
import type { LevelId, SectionId, UnitId } from '../ids';
import type { SiteModel } from '../model';
import type { Presence, PresenceChange } from '../move';
import type { Rules } from '../rules';
import { unitAt } from '../zoning/unit-raster';

/** Where the tag is now, and from where it came in a straight line. */
export interface Step {
  at: number;
  levelId: LevelId;
  /** The unit named; entered only when it is likely enough. */
  zoneId: UnitId | null;
  /** The likeliest units with their probabilities. */
  zones: Fix['zones'];
  x: number;
  y: number;
  /** Whether a filter that knows walls has seen the tag rest and not leave since; missing: not known. */
  isAtRest?: boolean;
  from: { readonly levelId: LevelId; readonly x: number; readonly y: number } | null;
}

export interface PresenceStep {
  readonly presence: Presence | null;
  readonly changes: readonly PresenceChange[];
}

/**
 * Presence after a fix, from presence before it: left the old zone, crossed what lies between, entered the new one.
 * The words are Tile38's: a zone is crossed when the way leads through it and no fix lies in it.
 * @returns null when nothing has changed
 */
export function advancePresence(before: Presence | null, step: Step, model: SiteModel): PresenceStep | null {
  const zoneId = enteredUnit(before, step, model.rules);
  return (before === null ? zoneId === null : isStill(before, zoneId, step))
    ? null
    : changePresence(before, zoneId, step, model);
}

function changePresence(before: Presence | null, zoneId: UnitId | null, step: Step, model: SiteModel): PresenceStep {
  const { levelId, at } = step;
  const changes: PresenceChange[] = [];
  const change = (type: 'crossed' | 'entered', unit: UnitId): void => {
    changes.push({ type, zoneId: unit, sectionId: sectionOf(unit, model), levelId, at });
  };
  if (before !== null) changes.push(leave(before, sectionOf(before.zoneId, model), at));
  if (zoneId === null) return { presence: null, changes };
  if (before !== null) for (const unit of zonesBetween(before.zoneId, zoneId, step, model)) change('crossed', unit);
  change('entered', zoneId);
  return { presence: { zoneId, levelId, since: at }, changes };
}

/** A unit that is named is believed for now; to be entered it must lead by more. */
function enteredUnit(before: Presence | null, { zoneId, levelId, zones }: Step, { zoneEntry }: Rules): UnitId | null {
  if (zoneId === null || (before?.zoneId === zoneId && before.levelId === levelId)) return zoneId;
  return (shareOf(zoneId, zones) ?? 1) >= zoneEntry ? zoneId : null;
}

/**
 * While no unit is likelier than all others together, a tag is taken to be where it was, unless that is unlikely now.
 * Nothing changes room at rest: then another unit must be many times as likely as the one it was in, and a room first
 * taken for another is put right sooner than one the tag has long been in. So it must be while either sign of rest is
 * left, for the one that looks at signals alone is doubted too easily where they are few.
 */
function isStill({ zoneId, levelId, since }: Presence, entered: UnitId | null, step: Step): boolean {
  if (levelId !== step.levelId) return false;
  if (entered === zoneId) return true;
  const present = shareOf(zoneId, step.zones) ?? 0;
  if (entered === null && present >= leastShare) return true;
  return step.isAtRest === true && (step.zones[0]?.[1] ?? 1) < restingOdds(step.at - since) * present;
}

function shareOf(unitId: UnitId, zones: Step['zones']): number | undefined {
  for (let i = 0; i < zones.length; i++) if (zones[i]?.[0] === unitId) return zones[i]?.[1];
  return undefined;
}

/** How many times as likely as its room another must be for a tag that rests: the more, the longer it has been there. */
const restingOdds = (forMs: number): number => Math.min(mostOdds, firstOdds + forMs / perOddsMs);
const [firstOdds, mostOdds, perOddsMs] = [5, 30, 4000];

/** A unit less likely than this has been left. */
const leastShare = 0.15;

/** The change that ends a presence. */
export function leave({ zoneId, levelId }: Presence, sectionId: SectionId | null, at: number): PresenceChange {
  return { type: 'left', zoneId, sectionId, levelId, at };
}

const sectionOf = (zoneId: UnitId, { site }: SiteModel): SectionId | null =>
  site.unitById.get(zoneId)?.sectionId ?? null;

const strideM = 0.25;

function zonesBetween(left: UnitId, entered: UnitId, step: Step, model: SiteModel): UnitId[] {
  const { from } = step;
  const level = model.levels[model.levelIndex.get(step.levelId) ?? -1];
  if (from === null || level === undefined) return [];
  if (from.levelId !== step.levelId) return [];
  const strides = Math.ceil(Math.hypot(step.x - from.x, step.y - from.y) / strideM);
  const crossed = new Set<UnitId>();
  for (let i = 1; i < strides; i++) {
    const share = i / strides;
    const index = unitAt(level.raster, from.x + share * (step.x - from.x), from.y + share * (step.y - from.y));
    const unit = level.level.units[index];
    if (unit !== undefined && unit.id !== entered && unit.id !== left) crossed.add(unit.id);
  }
  return [...crossed];
}

import { lengthOf } from '../fast-math';
import type { Fix } from '../fix';
import type { LevelId, UnitId } from '../ids';
import type { Rules } from '../rules';

/** The last fix kept for history, in whole centimetres, and the unit the tag was in. */
export interface KeptFix {
  at: number;
  xCm: number;
  yCm: number;
  levelId: LevelId;
  zoneId: UnitId | null;
}

/**
 * Whether history keeps this fix: the first, moved more than its error, in another unit or on another level, or a minute
 * passed.
 * @param zoneId the unit the tag is in; a fix may name one that it never enters
 */
export function isWorthKeeping(fix: Fix, zoneId: UnitId | null, kept: KeptFix | null, rules: Rules): boolean {
  if (kept === null) return true;
  if (fix.at <= kept.at) return false;
  if (fix.levelId !== kept.levelId || zoneId !== kept.zoneId) return true;
  if (fix.at - kept.at >= rules.keepEveryMs) return true;
  return lengthOf(fix.x - kept.xCm / 100, fix.y - kept.yCm / 100) > fix.radius50;
}

/** @param kept the one before, written over */
export function keepFix({ at, x, y, levelId }: Fix, zoneId: UnitId | null, kept: KeptFix | null): KeptFix {
  const xCm = Math.round(x * 100);
  const yCm = Math.round(y * 100);
  if (kept === null) return { at, xCm, yCm, levelId, zoneId };
  kept.at = at;
  kept.xCm = xCm;
  kept.yCm = yCm;
  kept.levelId = levelId;
  kept.zoneId = zoneId;
  return kept;
}

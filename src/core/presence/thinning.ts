import type { Fix } from '../fix';
import type { UnitId } from '../ids';
import type { Rules } from '../rules';

/** The last fix kept for history, and the unit the tag was in. */
export type KeptFix = Pick<Fix, 'at' | 'x' | 'y' | 'levelId' | 'zoneId'>;

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
  return Math.hypot(fix.x - kept.x, fix.y - kept.y) > fix.radius50;
}

export const keptFix = ({ at, x, y, levelId }: Fix, zoneId: UnitId | null): KeptFix => ({ at, x, y, levelId, zoneId });

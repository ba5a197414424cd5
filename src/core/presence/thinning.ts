import type { Fix } from '../fix';
import type { Rules } from '../rules';

/** The last fix kept for history. */
export type KeptFix = Pick<Fix, 'at' | 'x' | 'y' | 'levelId' | 'zoneId'>;

/** Whether history keeps this fix: the first, moved more than its error, changed zone or level, or a minute passed. */
export function isWorthKeeping(fix: Fix, kept: KeptFix | null, rules: Rules): boolean {
  if (kept === null) return true;
  if (fix.at <= kept.at) return false;
  if (fix.levelId !== kept.levelId || fix.zoneId !== kept.zoneId) return true;
  if (fix.at - kept.at >= rules.keepEveryMs) return true;
  return Math.hypot(fix.x - kept.x, fix.y - kept.y) > fix.radius50;
}

export const keptFix = ({ at, x, y, levelId, zoneId }: Fix): KeptFix => ({ at, x, y, levelId, zoneId });

import { type Fix, isInPolygon, type Level, type Site } from '../../core';
import { groupBy } from './group-by';
import type { Truth } from './read-ndjson';

/** What one truth instant found. */
export interface Verdict {
  readonly tagId: string;
  readonly at: number;
  /** Metres in the plane; null when the truth has no coordinates. */
  readonly error: number | null;
  readonly levelRight: boolean;
  readonly trueZone: string | null;
  /** The newest fix not after the instant; null before the first. */
  readonly fix: Fix | null;
}

/**
 * Puts each truth instant against the newest fix not after it. No fix yet counts as the centre of the level, in no zone.
 * A truth that names no zone is given the unit its point lies in.
 * @param fixes in order of time for each tag. @param truths in order of time.
 */
export function judge(fixes: readonly Fix[], truths: readonly Truth[], site: Site): Verdict[] {
  const byTag = groupBy(fixes, (fix): string => fix.tagId);
  const passed = new Map<string, number>();
  return truths.map((truth): Verdict => {
    const own = byTag.get(truth.tagId) ?? [];
    let i = passed.get(truth.tagId) ?? 0;
    while ((own[i]?.at ?? Infinity) <= truth.at) i++;
    passed.set(truth.tagId, i);
    const fix = own[i - 1] ?? null;
    const level = site.levels.find(({ id }) => id === truth.levelId);
    const { x, y } = fix ?? centreOf(level);
    return {
      tagId: truth.tagId,
      at: truth.at,
      error: truth.x === undefined || truth.y === undefined ? null : Math.hypot(x - truth.x, y - truth.y),
      levelRight: fix?.levelId === truth.levelId,
      trueZone: truth.zoneId ?? zoneUnder(truth, level),
      fix,
    };
  });
}

function centreOf(level: Level | undefined): { x: number; y: number } {
  const { minX, minY, maxX, maxY } = level?.bounds ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 };
  return { x: (minX + maxX) / 2, y: (minY + maxY) / 2 };
}

function zoneUnder({ x, y }: Truth, level: Level | undefined): string | null {
  if (x === undefined || y === undefined) return null;
  return level?.units.find((unit) => isInPolygon(x, y, unit.polygon))?.id ?? null;
}

import type { UnitId } from '../ids';
import type { Level } from '../site';

/**
 * Which units one can step into from each unit through one opening. Null for a level that draws no openings:
 * then nothing is known about its walls and every step is as good as any other.
 */
export function joinUnits(level: Level): ReadonlyMap<UnitId, ReadonlySet<UnitId>> | null {
  if (!level.openings.some((opening) => opening.unitIds.length > 1)) return null;
  const joined = new Map<UnitId, Set<UnitId>>();
  for (const { unitIds } of level.openings) {
    for (const from of unitIds) {
      const reached = joined.get(from) ?? new Set<UnitId>();
      for (const to of unitIds) if (to !== from) reached.add(to);
      joined.set(from, reached);
    }
  }
  return joined;
}

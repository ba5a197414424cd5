import type { Fix } from '../../core';
import { groupBy } from './group-by';
import type { Verdict } from './judge';
import { share } from './summary';

/** Fixes that gave a zone probability within a bin, and how often they were right. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean probability given. */
  readonly said: number;
  /** Share that was right. */
  readonly right: number;
}

export interface ZoneScore {
  readonly zoneCount: number;
  readonly zoneAccuracy: number;
  readonly worstZone: { readonly zoneId: string; readonly accuracy: number; readonly count: number };
  readonly trueZoneChanges: number;
  readonly zoneChanges: number;
  /** Null when the truth never changed zone. */
  readonly zoneChangesPerTrueChange: number | null;
  readonly zoneReliability: readonly ReliabilityBin[];
  /** Mean gap between probability given and share right, weighted by count. */
  readonly zoneReliabilityGap: number;
}

const bins = 10;

/** Scores zones over the truth instants that have one; null when none has. */
export function scoreZones(verdicts: readonly Verdict[], fixes: readonly Fix[]): ZoneScore | null {
  const zoned = verdicts.filter(({ trueZone }) => trueZone !== null);
  if (zoned.length === 0) return null;
  const byZone = [...groupBy(zoned, ({ trueZone }) => trueZone ?? '')].map(([zoneId, own]) => ({
    zoneId,
    accuracy: share(own, isRight),
    count: own.length,
  }));
  const trueZoneChanges = countChanges(zoned.map(({ tagId, trueZone }) => ({ tagId, zoneId: trueZone })));
  const zoneChanges = countChanges(fixes);
  const zoneReliability = binReliability(zoned);
  const said = zoneReliability.reduce((sum, { count }) => sum + count, 0);
  const gap = zoneReliability.reduce((sum, bin) => sum + bin.count * Math.abs(bin.said - bin.right), 0);
  return {
    zoneCount: zoned.length,
    zoneAccuracy: share(zoned, isRight),
    worstZone: byZone.reduce((worst, zone) => (zone.accuracy < worst.accuracy ? zone : worst)),
    trueZoneChanges,
    zoneChanges,
    zoneChangesPerTrueChange: trueZoneChanges === 0 ? null : zoneChanges / trueZoneChanges,
    zoneReliability,
    zoneReliabilityGap: said === 0 ? 0 : gap / said,
  };
}

const isRight = ({ fix, trueZone }: Verdict): boolean => fix !== null && fix.zoneId === trueZone;

/** Changes of zone along each tag's rows. */
function countChanges(rows: readonly { readonly tagId: string; readonly zoneId: string | null }[]): number {
  const last = new Map<string, string | null>();
  let changes = 0;
  for (const { tagId, zoneId } of rows) {
    const before = last.get(tagId);
    if (before !== undefined && before !== zoneId) changes++;
    last.set(tagId, zoneId);
  }
  return changes;
}

function binReliability(verdicts: readonly Verdict[]): ReliabilityBin[] {
  const placed = verdicts.flatMap((verdict) =>
    verdict.fix === null || verdict.fix.zoneId === null
      ? []
      : [{ said: verdict.fix.zoneProbability, right: isRight(verdict) }],
  );
  const byBin = groupBy(placed, ({ said }) => Math.min(bins - 1, Math.floor(said * bins)));
  return [...byBin]
    .sort(([a], [b]) => a - b)
    .map(([bin, own]) => ({
      from: bin / bins,
      to: (bin + 1) / bins,
      count: own.length,
      said: own.reduce((sum, { said }) => sum + said, 0) / own.length,
      right: share(own, ({ right }) => right),
    }));
}

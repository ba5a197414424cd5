import { type Fix, type Site, unitId } from '../../core';
import { groupBy } from './group-by';
import type { Verdict } from './judge';
import { share } from './summary';

/** Fixes that gave a probability within a bin, and how often they were right. */
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
  /** Of the fixes that named a room. */
  readonly zoneReliability: readonly ReliabilityBin[];
  /** Of those that named none, but a section: how often the truth lay in that section. */
  readonly sectionReliability: readonly ReliabilityBin[];
  /** Share of the instants at which a room was named, and no room but a section. */
  readonly roomsNamed: number;
  readonly sectionsNamed: number;
  /** Mean gap between probability given and share right, weighted by count. */
  readonly zoneReliabilityGap: number;
}

const bins = 10;

/** Scores zones over the truth instants that have one; null when none has. */
export function scoreZones(verdicts: readonly Verdict[], fixes: readonly Fix[], site: Site): ZoneScore | null {
  const zoned = verdicts.filter(({ trueZone }) => trueZone !== null);
  if (zoned.length === 0) return null;
  const byZone = [...groupBy(zoned, ({ trueZone }) => trueZone ?? '')].map(([zoneId, own]) => ({
    zoneId,
    accuracy: share(own, isRight),
    count: own.length,
  }));
  const trueZoneChanges = countChanges(zoned.map(({ tagId, trueZone }) => ({ tagId, zoneId: trueZone })));
  const zoneChanges = countChanges(fixes);
  const [rooms, sections] = [roomAnswers(zoned), sectionAnswers(zoned, site)];
  const zoneReliability = binReliability(rooms);
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
    sectionReliability: binReliability(sections),
    roomsNamed: rooms.length / zoned.length,
    sectionsNamed: sections.length / zoned.length,
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

/** A probability given, and whether what it was given for was right. */
export interface Answer {
  readonly said: number;
  readonly right: boolean;
}

/** What fixes said that named a room. */
export const roomAnswers = (verdicts: readonly Verdict[]): Answer[] =>
  verdicts.flatMap((verdict) =>
    verdict.fix === null || verdict.fix.zoneId === null || verdict.trueZone === null
      ? []
      : [{ said: verdict.fix.zoneProbability, right: isRight(verdict) }],
  );

/** What fixes said that named no room but a section. */
export const sectionAnswers = (verdicts: readonly Verdict[], site: Site): Answer[] =>
  verdicts.flatMap(({ fix, trueZone }) => {
    if (fix === null || fix.zoneId !== null || fix.sectionId === null || trueZone === null) return [];
    const right = site.unitById.get(unitId(trueZone))?.sectionId === fix.sectionId;
    return [{ said: fix.zoneProbability, right }];
  });

export function binReliability(answers: readonly Answer[]): ReliabilityBin[] {
  const byBin = groupBy(answers, ({ said }) => Math.min(bins - 1, Math.floor(said * bins)));
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

/** Bins of several runs, taken together. */
export function joinBins(all: readonly (readonly ReliabilityBin[])[]): ReliabilityBin[] {
  const byBin = groupBy(all.flat(), ({ from }) => from);
  return [...byBin]
    .sort(([a], [b]) => a - b)
    .map(([from, own]) => {
      const count = own.reduce((sum, bin) => sum + bin.count, 0);
      const mean = (of: (bin: ReliabilityBin) => number): number =>
        own.reduce((sum, bin) => sum + bin.count * of(bin), 0) / count;
      return { from, to: from + 1 / bins, count, said: mean(({ said }) => said), right: mean(({ right }) => right) };
    });
}

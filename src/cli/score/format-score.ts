import type { Score } from './score';
import type { ReliabilityBin } from './zone-score';

const metres = (value: number): string => `${value.toFixed(2)} m`;
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

/** A score as lines for a person. */
export function formatScore(score: Score): string {
  const { mean, median, p75, p90, p95, insideRadius50, insideRadius90 } = score;
  const lines = [`truth instants     ${score.count} (${score.withoutFix} before a first fix)`];
  if (mean !== undefined) {
    lines.push(
      `error              mean ${metres(mean)}, median ${metres(median ?? NaN)}, p75 ${metres(p75 ?? NaN)}, ` +
        `p90 ${metres(p90 ?? NaN)}, p95 ${metres(p95 ?? NaN)}`,
      `inside radius50    ${percent(insideRadius50 ?? NaN)} (meant: 50 %)`,
      `inside radius90    ${percent(insideRadius90 ?? NaN)} (meant: 90 %)`,
    );
  }
  lines.push(`level              ${percent(score.levelAccuracy)}`, ...formatZones(score));
  return lines.join('\n');
}

function formatZones({ zoneAccuracy, worstZone, zoneChanges, trueZoneChanges, ...score }: Score): string[] {
  if (zoneAccuracy === undefined || worstZone === undefined) return [];
  const perChange = score.zoneChangesPerTrueChange;
  return [
    `zone               ${percent(zoneAccuracy)} of ${score.zoneCount ?? 0}; ` +
      `worst ${worstZone.zoneId}, ${percent(worstZone.accuracy)} of ${worstZone.count}`,
    `zone changes       ${zoneChanges ?? 0} announced, ${trueZoneChanges ?? 0} true` +
      (typeof perChange === 'number' ? `: ${perChange.toFixed(2)} for each` : ''),
    `room named         ${percent(score.roomsNamed ?? 0)}: said → right (count)`,
    ...formatBins(score.zoneReliability),
    `only a section     ${percent(score.sectionsNamed ?? 0)}: said → right (count)`,
    ...formatBins(score.sectionReliability),
  ];
}

const formatBins = (bins: readonly ReliabilityBin[] = []): string[] =>
  bins.map(({ said, right, count }) => `                   ${percent(said)} → ${percent(right)} (${count})`);

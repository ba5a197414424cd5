import type { GroupScore } from './run-cases';
import type { Score } from './score';

/** `docs/accuracy.md`: what the engine reaches, one row a site, in figures only. */
export function accuracyReport(groups: readonly GroupScore[], usPerFix: number): string {
  return [
    '# Accuracy',
    '',
    'Written by `npm run bench:accuracy`; do not edit. One engine with the same settings on every site. Errors are in',
    'metres in the plane. At each instant of the truth the newest fix not after it counts; before the first fix, the centre',
    'of the level. Calibrated: on the survey of the site alone. By default: with no survey at all.',
    '',
    'No setting is fitted to a site, but the settings were chosen by looking at these sites: expect unseen ones to do',
    'somewhat worse. kolakowski-flat is its own survey played back in stretches, each with a radio model fitted to the rest.',
    '',
    ...table(
      ['site', 'radio', 'instants', 'mean', 'median', 'p75', 'p90', 'p95', 'in radius50', 'in radius90', 'level'],
      rows(groups, errorRow),
    ),
    '',
    '## Zones',
    '',
    'Changes: zone changes announced, and those that truly happened. Gap: mean difference between the probability said',
    'and the share that was right.',
    '',
    ...table(['site', 'radio', 'right', 'worst zone', 'changes', 'true changes', 'gap'], rows(groups, zoneRow)),
    '',
    '## Zone probability',
    '',
    'What fixes said of their zone, and how often it was right (count).',
    '',
    ...table(['site', 'radio', 'said → right (count)'], rows(groups, reliabilityRow)),
    '',
    '## Speed',
    '',
    `${usPerFix.toFixed(0)} µs of processor time for a fix from eight gateways with its sightings, on the machine that wrote this page.`,
    '',
    '## Sites',
    '',
    ...groups.map(({ name, about }) => `- ${name}: ${about}`),
    '',
  ].join('\n');
}

type Row = readonly string[];

function rows(groups: readonly GroupScore[], row: (score: Score) => Row | null): Row[] {
  return groups.flatMap(({ name, calibrated, uncalibrated }) =>
    [
      { radio: 'calibrated', score: calibrated },
      { radio: 'by default', score: uncalibrated },
    ].flatMap(({ radio, score }) => {
      const cells = score === null ? null : row(score);
      return cells === null ? [] : [[name, radio, ...cells]];
    }),
  );
}

function table(head: Row, body: readonly Row[]): string[] {
  const line = (cells: Row): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)];
}

const metres = (value: number | undefined): string => (value ?? NaN).toFixed(2);
const percent = (value: number | undefined): string => `${(100 * (value ?? NaN)).toFixed(0)} %`;

function errorRow(score: Score): Row | null {
  const { mean, median, p75, p90, p95 } = score;
  if (mean === undefined) return null;
  return [
    String(score.count),
    ...[mean, median, p75, p90, p95].map(metres),
    percent(score.insideRadius50),
    percent(score.insideRadius90),
    percent(score.levelAccuracy),
  ];
}

function zoneRow(score: Score): Row | null {
  const { zoneAccuracy, worstZone, zoneChanges, trueZoneChanges, zoneReliabilityGap } = score;
  if (zoneAccuracy === undefined || worstZone === undefined) return null;
  return [
    percent(zoneAccuracy),
    `${worstZone.zoneId}: ${percent(worstZone.accuracy)} of ${worstZone.count}`,
    String(zoneChanges ?? 0),
    String(trueZoneChanges ?? 0),
    metres(zoneReliabilityGap),
  ];
}

function reliabilityRow({ zoneReliability }: Score): Row | null {
  if (zoneReliability === undefined) return null;
  return [
    zoneReliability.map(({ said, right, count }) => `${percent(said)} → ${percent(right)} (${count})`).join(', '),
  ];
}

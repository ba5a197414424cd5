import type { MethodName } from '../../core';
import type { Outcome } from '../score/protocol';
import { metres, percent, type Row, table, times } from './table';
import { type Results, type Target, targets } from './targets';
import { reliabilitySection } from './reliability-tables';
import { scenarioSections } from './scenario-tables';

/** `docs/accuracy.md`: what was to be reached and what was, then every figure behind it. */
export function accuracyReport(results: Results, methods: readonly MethodName[], pictures: readonly string[]): string {
  return [
    '# Accuracy',
    '',
    'Written by `npm run bench:accuracy`; do not edit. One engine with the same settings on every site. Errors are in',
    'metres in the plane. At each instant of the truth the newest fix not after it counts; before the first fix, the centre',
    'of the level. No setting is fitted to a site, but the settings were chosen by looking at these sites: expect unseen',
    'ones to do somewhat worse.',
    '',
    '## What was to be reached',
    '',
    ...table(
      ['what', 'best found elsewhere', 'to reach', ...methods],
      targets.flatMap((target) => targetRow(target, results, methods)),
    ),
    '',
    ...missed(results, methods),
    '',
    ...pictures.map((file) => `![${captionOf(file)}](images/${file})\n`),
    '## Errors',
    '',
    'Of surveys drawn at random, all draws are scored together. Blocks of time: the survey is cut into six, and each is',
    'played back on a radio model fitted to the other five.',
    '',
    ...table(
      [
        'site',
        'survey',
        'method',
        'instants',
        'mean',
        'median',
        'p75',
        'p90',
        'p95',
        'in radius50',
        'in radius90',
        'level',
      ],
      results.outcomes.flatMap(errorRow),
    ),
    '',
    '## Zones',
    '',
    'Changes: zone changes of the fixes, for each one that truly happened. Gap: mean difference between the probability',
    'said and the share that was right, where a room was named.',
    '',
    ...table(
      ['site', 'survey', 'method', 'right', 'worst zone', 'changes', 'true changes', 'gap'],
      results.outcomes.flatMap(zoneRow),
    ),
    '',
    ...reliabilitySection(results, methods),
    ...scenarioSections(results.scenarios),
  ].join('\n');
}

const captions: Readonly<Record<string, string>> = {
  'accuracy-errors.svg': 'Share of instants within an error, and what others reach',
  'accuracy-reliability.svg': 'Radii and room probabilities said, and how often they were right',
  'film-strip.svg': 'One walk: what the engine believes, its fix, and the truth',
};
const captionOf = (file: string): string => captions[file] ?? file;

const inUnit = (value: number, { unit }: Target): string =>
  unit === 'm' ? metres(value) : unit === 'share' ? percent(value) : times(value);
const isReached = ({ reach, isAtMost }: Target, value: number): boolean => (isAtMost ? value <= reach : value >= reach);

function targetRow(target: Target, results: Results, methods: readonly MethodName[]): Row[] {
  const values = methods.map((method) => target.figure(results, method));
  if (values.every((value) => value === null)) return [];
  const sign = target.isAtMost ? '≤' : '≥';
  return [
    [
      target.what,
      target.best,
      `${sign} ${inUnit(target.reach, target)}`,
      ...values.map((value) =>
        value === null ? '–' : `${inUnit(value, target)} ${isReached(target, value) ? '**reached**' : 'missed'}`,
      ),
    ],
  ];
}

/** The figures no method reached, said in words. */
function missed(results: Results, methods: readonly MethodName[]): string[] {
  const open = targets.filter((target) => {
    const values = methods.flatMap((method) => target.figure(results, method) ?? []);
    return values.length > 0 && !values.some((value) => isReached(target, value));
  });
  if (open.length === 0) return ['Every figure is reached by at least one method.'];
  return [`Reached by no method: ${open.map(({ what }) => what).join('; ')}.`];
}

function errorRow({ protocol, method, score }: Outcome): Row[] {
  const { mean, median, p75, p90, p95 } = score;
  if (mean === undefined) return [];
  return [
    [
      protocol.site,
      protocol.survey,
      method,
      String(score.count),
      ...[mean, median, p75, p90, p95].map(metres),
      percent(score.insideRadius50),
      percent(score.insideRadius90),
      percent(score.levelAccuracy),
    ],
  ];
}

function zoneRow({ protocol, method, score }: Outcome): Row[] {
  const { zoneAccuracy, worstZone, zoneChanges, trueZoneChanges, zoneReliabilityGap } = score;
  if (zoneAccuracy === undefined || worstZone === undefined) return [];
  return [
    [
      protocol.site,
      protocol.survey,
      method,
      percent(zoneAccuracy),
      `${worstZone.zoneId}: ${percent(worstZone.accuracy)} of ${worstZone.count}`,
      String(zoneChanges ?? 0),
      String(trueZoneChanges ?? 0),
      metres(zoneReliabilityGap),
    ],
  ];
}

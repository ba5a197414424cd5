import type { MethodName } from '../../core';
import { type ReliabilityBin, joinBins } from '../score/zone-score';
import { percent, type Row, table } from './table';
import type { Results } from './targets';

/** What probabilities promised and what came true: where a room was named, and where only a section was. */
export function reliabilitySection({ outcomes, scenarios }: Results, methods: readonly MethodName[]): string[] {
  const rows = methods.flatMap((method): Row[] => {
    const scores = [...outcomes, ...scenarios.map(({ outcome }) => outcome)]
      .filter((outcome) => outcome.method === method)
      .map(({ score }) => score);
    return [
      ...binRows(method, 'room', joinBins(scores.map(({ zoneReliability = [] }) => zoneReliability))),
      ...binRows(method, 'section', joinBins(scores.map(({ sectionReliability = [] }) => sectionReliability))),
    ];
  });
  return [
    '## Probabilities',
    '',
    'Over all sites, surveys and scenarios. A fix names a room with the probability that it is there; where no room is',
    'likelier than all others together it names a section, with the probability of that. Each is judged by its own.',
    '',
    ...table(['method', 'named', 'probability', 'said', 'right', 'instants'], rows),
    '',
  ];
}

const binRows = (method: MethodName, named: string, bins: readonly ReliabilityBin[]): Row[] =>
  bins.map(({ from, to, said, right, count }) => [
    method,
    named,
    `${from.toFixed(1)}–${to.toFixed(1)}`,
    percent(said),
    percent(right),
    String(count),
  ]);

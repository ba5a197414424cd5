import type { Site } from '../../core';
import type { Change, Comparison, Pair } from './compare';

/** Room for the longest figure, `100.0 % → 100.0 %`, and a gap before it. */
const widest = 19;

/** A comparison as lines for a person: all sections, then each. */
export function formatComparison({ all, sections }: Comparison, site: Site): string {
  return [
    ['', 'instants', 'flipped', 'apart p50', 'apart p95', 'flaps/day', 'error p50', 'error p95', 'rooms right'],
    cells('all', all),
    ...sections.map((own) => {
      const section = own.sectionId === null ? null : site.sectionById.get(own.sectionId);
      return cells(section?.short ?? section?.name.en ?? own.sectionId ?? 'no section', own);
    }),
  ]
    .map(
      ([name = '', ...figures]) =>
        `${name.slice(0, 24).padEnd(24)}${figures.map((one) => one.padStart(widest)).join('')}`,
    )
    .join('\n');
}

function cells(name: string, change: Change): string[] {
  return [
    name,
    String(change.instants),
    percent(change.roomsFlipped),
    `${change.apartP50.toFixed(2)} m`,
    `${change.apartP95.toFixed(2)} m`,
    arrow(change.flapsPerDay, (value) => value.toFixed(1)),
    arrow(change.errorP50, (value) => value.toFixed(2)),
    arrow(change.errorP95, (value) => value.toFixed(2)),
    arrow(change.roomRight, percent),
  ];
}

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const arrow = (pair: Pair | null, inWords: (value: number) => string): string =>
  pair === null ? '–' : `${inWords(pair[0])} → ${inWords(pair[1])}`;

import type { MethodName } from '../../../core';
import type { DayOptions, DayResult, WayName } from './run-day';
import type { First, Outcome } from './searches';
import type { Fate } from './truth';

type Asked = Pick<DayOptions, 'hours' | 'searches' | 'seed' | 'surveyPoints' | 'kinds'> & {
  readonly method: MethodName | null;
};

/** The ways of searching, as the page names them. */
const named: Readonly<Record<WayName, string>> = {
  finder: '(a) Whereabouts',
  'straight line': '(b) straight line',
  'straight line, own level first': '(b) own level first',
  'usual rooms': '(c) usual rooms',
  'knowing all': 'knowing all',
};
const ways: readonly WayName[] = [
  'finder',
  'straight line',
  'straight line, own level first',
  'usual rooms',
  'knowing all',
];

/** The figures of a day as a page. */
export function dayReport(result: DayResult, asked: Asked): string {
  const sections = asked.kinds.map((kind) => sectionOf(kind, result));
  return `${[...intro(result, asked), ...sections].join('\n')}\n`;
}

function intro({ pieces, sightings, rightRoom }: DayResult, asked: Asked): string[] {
  const method = asked.method === null ? '' : ` --method ${asked.method}`;
  return [
    '# Finding',
    '',
    `Written by \`npm run bench:day -- --hours ${asked.hours} --searches ${asked.searches} --seed ${asked.seed}` +
      ` --kinds ${asked.kinds.join(' ')}${method} --report docs/finding.md\`; do not edit.`,
    '',
    'A simulated day in the demonstration hospital, truth known: equipment is taken, used, left dirty, left in corridors,',
    'put back dirty or broken, cleaned and kept aside (`src/cli/bench/day/rounds.ts`). Its tags are heard through walls,',
    'fading and bodies; engine, places, availability and finder are those of the product and know nothing else. Staff',
    'report 60 % of what is broken and 30 % of what is dirty in a store, some minutes late; those who search report nothing.',
    `${pieces} tagged pieces, ${sightings} sightings; the room shown was the true one for ${percent(rightRoom)} of all`,
    `pieces, in use or not. Tags advertise every second while they move and every ten at rest. The site was surveyed at`,
    `${asked.surveyPoints} places in the air of the day, and everything followed for two hours before the first search.`,
    '',
    'Every search is made in each way from the same place at the same time, and changes nothing for the others:',
    '',
    '- **(a)** goes to the first answer of the finder, and asks again from there when nothing usable is found.',
    '- **(b)** goes to the piece nearest in a straight line through walls and floors whose room alone says that it is free;',
    '  *own level first* tries other levels last. Same engine, same walking, same rules after a failure.',
    '- **(c)** has no system: looks into the clean utilities and stores, always the nearest one not seen yet.',
    '- **knowing all** walks straight to the soonest reached of those that can truly be used: the least possible.',
    '',
    'Fetch time is walking alone, until a room is reached in which a piece can truly be used, whichever. After 20 minutes',
    'one gives up. *Usable*: the first answer could truly be used when shown. *In room*: it was in the room shown.',
    '*Found*: something could be used in that room on arrival.',
    '',
  ];
}

function sectionOf(kind: string, result: DayResult): string {
  const of = (way: WayName): readonly Outcome[] =>
    (result.outcomes.get(way) ?? []).filter((outcome) => outcome.kind === kind);
  return [
    `## ${kind}`,
    '',
    `${(result.usable[kind] ?? 0).toFixed(1)} can be used at a time, on average.`,
    '',
    '| way | searches | median s | p75 s | p95 s | mean s | rooms | gave up | usable | in room | found |',
    '| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |',
    ...ways.map((way) => rowOf(named[way], of(way))),
    '',
    ...verdict(of('finder'), of('straight line'), of('straight line, own level first')),
    '',
    ...failuresOf(of('finder')),
    '',
    '| chance said | searches | found |',
    '| --- | --: | --: |',
    ...chancesOf(of('finder')),
    '',
  ].join('\n');
}

/** The figures the product is to reach, each with whether it does. */
function verdict(ours: readonly Outcome[], line: readonly Outcome[], own: readonly Outcome[]): string[] {
  const shorter = (other: readonly Outcome[], share: number): number =>
    1 - quantile(secondsOf(ours), share) / quantile(secondsOf(other), share);
  const free = ours.flatMap(({ first }) => (first?.said === true && first.free ? [first] : []));
  const usable = free.filter((first) => first.usable).length / free.length;
  const judged = (name: string, is: number, least: number): string =>
    `- ${name}: ${percent(is)} (wanted: ${percent(least)}): ${is >= least ? 'reached' : 'missed'}`;
  return [
    judged('median shorter than (b)', shorter(line, 0.5), 0.2),
    judged('95th percentile shorter than (b)', shorter(line, 0.95), 0.3),
    judged(`shown first as free (${free.length} searches) and truly usable`, usable, 0.95),
    `- ${wrongOnes(free)}`,
    `- against (b) own level first: median ${percent(shorter(own, 0.5))} shorter, 95th percentile ${percent(shorter(own, 0.95))}`,
  ];
}

/** What the pieces shown as free truly were when they could not be used. */
function wrongOnes(free: readonly First[]): string {
  const share = (fate: Fate): string => percent(free.filter((first) => first.fate === fate).length / free.length);
  return (
    `of those shown first as free: left dirty ${share('dirty')}, broken ${share('broken')} and nobody had told;` +
    ` in use ${share('in-use')}; just being taken somewhere ${share('on the way')}`
  );
}

function rowOf(name: string, outcomes: readonly Outcome[]): string {
  const seconds = secondsOf(outcomes);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const said = outcomes.flatMap(({ first }) => (first?.said === true ? [first] : []));
  const share = (is: (first: (typeof said)[number]) => boolean): string =>
    said.length === 0 ? '–' : percent(said.filter(is).length / said.length);
  const cells = [
    name,
    outcomes.length,
    ...[0.5, 0.75, 0.95].map((at) => quantile(seconds, at).toFixed(0)),
    mean(seconds).toFixed(0),
    mean(outcomes.map(({ rooms }) => rooms)).toFixed(2),
    outcomes.filter(({ gaveUp }) => gaveUp).length,
    share(({ usable }) => usable),
    share(({ inRoom }) => inRoom),
    share(({ foundThere }) => foundThere),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Why the first walk was in vain, and what that cost. */
function failuresOf(outcomes: readonly Outcome[]): string[] {
  const failed = outcomes.filter(({ first }) => first !== null && !first.foundThere);
  const share = (is: (outcome: Outcome) => boolean): string => percent(outcomes.filter(is).length / outcomes.length);
  const seconds = (of: readonly Outcome[]): string => quantile(secondsOf(of), 0.5).toFixed(0);
  return [
    `- first walk in vain: ${percent(failed.length / outcomes.length)} (not in that room` +
      ` ${share(({ first }) => first !== null && !first.foundThere && !first.inRoom)}, there but not usable` +
      ` ${share(({ first }) => first !== null && !first.foundThere && first.inRoom)}); median then ${seconds(failed)} s,` +
      ` otherwise ${seconds(outcomes.filter((outcome) => !failed.includes(outcome)))} s`,
  ];
}

/** What the finder said of its first answers against what was found, by tenths. */
function chancesOf(outcomes: readonly Outcome[]): string[] {
  const firsts = outcomes.flatMap(({ first }) => (first === null || first.chance === null ? [] : [first]));
  return Array.from({ length: 10 }, (_, tenth) => {
    const own = firsts.filter(({ chance }) => Math.min(9, Math.floor((chance ?? 0) * 10)) === tenth);
    const found = own.filter(({ foundThere }) => foundThere).length / own.length;
    return own.length === 0
      ? ''
      : `| ${(tenth / 10).toFixed(1)}–${((tenth + 1) / 10).toFixed(1)} | ${own.length} | ${percent(found)} |`;
  }).filter((row) => row !== '');
}

const secondsOf = (outcomes: readonly Outcome[]): number[] =>
  outcomes.map(({ seconds }) => seconds).sort((a, b) => a - b);

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

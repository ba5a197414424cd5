import type { MethodName } from '../../../core';
import type { DayOptions, DayResult, WayName } from './run-day';
import { wayNames } from './run-day';
import type { Outcome } from './searches';

type Asked = Pick<DayOptions, 'hours' | 'searches' | 'seed'> & { readonly method: MethodName | null };

/** The figures of a day as a page. */
export function dayReport(result: DayResult, asked: Asked): string {
  const lines = [
    `${result.pieces} pieces, ${result.sightings} sightings, in their true room ${percent(result.rightRoom)}`,
  ];
  lines.push(JSON.stringify(asked));
  lines.push(JSON.stringify(result.usable));
  for (const kind of result.kinds)
    lines.push(...calibration(result.outcomes.get('finder')?.filter((o) => o.kind === kind) ?? []));
  for (const kind of result.kinds) lines.push('', `## ${kind}`, '', ...tableOf(kind, result));
  return `${lines.join('\n')}\n`;
}

function tableOf(kind: string, { outcomes }: DayResult): string[] {
  const head =
    '| way | searches | median s | p75 s | p95 s | mean s | rooms | gave up | first free | in room | found there |';
  const rows = wayNames.map((name) =>
    rowOf(
      name,
      (outcomes.get(name) ?? []).filter((one) => one.kind === kind),
    ),
  );
  return [head, head.replace(/[^|]+/g, ' --- '), ...rows];
}

function rowOf(name: WayName, outcomes: readonly Outcome[]): string {
  const seconds = outcomes.map((one) => one.seconds).sort((a, b) => a - b);
  const at = (share: number): string =>
    (seconds[Math.min(seconds.length - 1, Math.floor(share * seconds.length))] ?? NaN).toFixed(0);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const said = outcomes.flatMap(({ first }) => (first?.said === true ? [first] : []));
  const share = (is: (first: (typeof said)[number]) => boolean): string =>
    said.length === 0 ? '–' : percent(said.filter(is).length / said.length);
  const cells = [
    name,
    outcomes.length,
    at(0.5),
    at(0.75),
    at(0.95),
    mean(seconds).toFixed(0),
    mean(outcomes.map(({ rooms }) => rooms)).toFixed(2),
    outcomes.filter(({ gaveUp }) => gaveUp).length,
    share(({ usable }) => usable),
    share(({ inRoom }) => inRoom),
    share(({ foundThere }) => foundThere),
  ];
  return `| ${cells.join(' | ')} |`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function calibration(outcomes: readonly Outcome[]): string[] {
  const bins = new Map<number, { n: number; found: number; usable: number; inRoom: number }>();
  for (const { first } of outcomes) {
    if (first === null || first.chance === null) continue;
    const bin = Math.floor(first.chance * 20) / 20;
    const b = bins.get(bin) ?? { n: 0, found: 0, usable: 0, inRoom: 0 };
    b.n++;
    if (first.foundThere) b.found++;
    if (first.usable) b.usable++;
    if (first.inRoom) b.inRoom++;
    bins.set(bin, b);
  }
  return [...bins]
    .sort((a, b) => a[0] - b[0])
    .map(
      ([bin, b]) =>
        `${bin.toFixed(2)}: n ${b.n} found ${percent(b.found / b.n)} usable ${percent(b.usable / b.n)} in room ${percent(b.inRoom / b.n)}`,
    );
}

import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { DatabaseKind } from '../../../database/database-kind';
import type { Filled } from './fill';
import type { Asked } from './questions';
import type { WriteRates } from './write-path';

export interface HistoryFigures {
  readonly kind: DatabaseKind;
  readonly version: string;
  readonly tags: number;
  readonly days: number;
  readonly writes: WriteRates;
  readonly filled: Filled;
  readonly asked: readonly Asked[];
}

const names: Readonly<Record<DatabaseKind, string>> = { timescale: 'TimescaleDB', plain: 'Plain PostgreSQL' };
const millions = (count: number): string => `${(count / 1e6).toFixed(1)} million`;
const thousands = (count: number): string => `${Math.round(count / 1000)}k`;
const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en-GB')} MB`;

const perTagAndDay = ({ tags, days }: HistoryFigures, bytes: number): string =>
  `${Math.round(bytes / (tags * days)).toLocaleString('en-GB')} bytes`;
const share = ({ bareCopy, recorder }: WriteRates): string => `${Math.round((100 * recorder) / bareCopy)} %`;

/** The figures for a terminal. */
export function inWords(figures: HistoryFigures): string {
  const { kind, version, writes, filled, asked } = figures;
  return [
    `${names[kind]} on PostgreSQL ${version}`,
    `  written     ${thousands(writes.recorder)} rows/s from the streams, bare COPY ${thousands(writes.bareCopy)}: ${share(writes)}`,
    `  kept        ${millions(filled.rows)} rows, ${megabytes(filled.bytesBefore)} as written, ${megabytes(filled.bytesAfter)} kept: ${perTagAndDay(figures, filled.bytesAfter)} a tag and day`,
    `  presence    ${megabytes(filled.presenceBytes)}: ${perTagAndDay(figures, filled.presenceBytes)} a tag and day`,
    ...asked.map(
      ({ question, rows, timing }) =>
        `  ${question}: ${rows} rows, median ${timing.p50Ms.toFixed(1)} ms, longest ${timing.maxMs.toFixed(1)} ms`,
    ),
    '',
  ].join('\n');
}

/** Puts this kind's sections in place of its earlier ones; those of the other kind stay. */
export async function writeReport(figures: HistoryFigures, files: { out: string; plans: string }): Promise<void> {
  const title = `${names[figures.kind]} on PostgreSQL ${figures.version}`;
  await putSection(files.out, head, names[figures.kind], `## ${title}\n\n${figuresOf(figures)}`);
  await putSection(files.plans, plansHead, names[figures.kind], `## ${title}\n\n${plansOf(figures)}`);
}

const head = `# What history costs

Written by \`npm run bench:history\` (\`-- --database URL\` for a database of your own); measured on two cores that others
used too, so take rates as ratios. The past is made up: tags that rest, a row a minute as thinning leaves them, in another
of 1,000 rooms every four hours. Written rows are those of tags that walk, from the streams of moves in Redis through the
recorder to the commit; the bare COPY has the same rows ready as bytes, in one stream into the same table.
`;

const plansHead = `# Plans of the questions

Written by \`npm run bench:history\`, on the table described in docs/history.md. \`test/medium/plans.test.ts\` sees that each
question stays on the days it asks about.
`;

function figuresOf(figures: HistoryFigures): string {
  const { writes, filled, asked, tags, days } = figures;
  return [
    `${millions(filled.rows)} rows: ${tags.toLocaleString('en-GB')} tags for ${days} days.`,
    '',
    '| what | how much |',
    '| --- | --- |',
    `| rows written a second, from the streams | ${thousands(writes.recorder)}, ${share(writes)} of a bare COPY (${thousands(writes.bareCopy)}) |`,
    `| fixes as they are written | ${megabytes(filled.bytesBefore)}, ${perTagAndDay(figures, filled.bytesBefore)} a tag and day |`,
    `| fixes as they are kept | ${megabytes(filled.bytesAfter)}, ${perTagAndDay(figures, filled.bytesAfter)} a tag and day |`,
    `| stays, hours of presence and rollups | ${megabytes(filled.presenceBytes)}, ${perTagAndDay(figures, filled.presenceBytes)} a tag and day |`,
    '',
    '| question | rows | in the server, ms | asked by the program, median ms | longest ms |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...asked.map(({ question, rows, timing, plan }) => {
      const told = [timing.p50Ms, timing.maxMs].map((ms) => ms.toFixed(1)).join(' | ');
      return `| ${question} | ${rows} | ${serverMs(plan).toFixed(1)} | ${told} |`;
    }),
    '',
  ].join('\n');
}

/** Planning and execution of the one that was explained: what the machine's other work delays least. */
function serverMs(plan: string): number {
  const told = [...plan.matchAll(/(?:Planning|Execution) Time: ([\d.]+) ms/g)];
  return told.reduce((sum, [, ms]) => sum + Number(ms), 0);
}

const plansOf = ({ asked }: HistoryFigures): string =>
  asked.map(({ question, plan }) => `### ${question}\n\n\`\`\`text\n${plan}\n\`\`\`\n`).join('\n');

async function putSection(file: string, head: string, name: string, section: string): Promise<void> {
  const text = existsSync(file) ? await readFile(file, 'utf8') : '';
  const others = text
    .split(/^(?=## )/m)
    .slice(1)
    .filter((other) => !other.startsWith(`## ${name}`))
    .map((other) => other.trimEnd());
  await writeFile(file, `${[head.trimEnd(), ...[...others, section.trimEnd()].sort()].join('\n\n')}\n`);
}

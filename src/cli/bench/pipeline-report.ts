import { cpus } from 'node:os';
import type { DoorDelay } from './door-delay';
import { laggingStages, type Lags } from './lags';
import { type Costs, type Part, parts } from './process-costs';

export interface PhaseResult {
  readonly door: string;
  readonly format: string;
  readonly perMessage: number;
  /** Sightings a second from the first byte until tracking and history had them all. */
  readonly rate: number;
  /** Sightings a second of parse and XADD alone. */
  readonly floorRate: number;
  /** Rows a second of COPY alone. */
  readonly copyRate: number;
  /** Processor seconds a million sightings, by part. */
  readonly cpuS: Readonly<Record<Part, number>>;
  readonly calmRate: number;
  /** The same processor seconds at the calm rate. */
  readonly calmCpuS: Readonly<Record<Part, number>>;
  /** How far stages were behind at the calm rate. */
  readonly lags: Lags;
  readonly fixes: number;
  /** From `receivedAt` to the sockets, at the calm rate. */
  readonly fromDoor: DoorDelay;
  /** Milliseconds from the sighting's stamp, at the load generator, to a browser, at the calm rate. */
  readonly p50: number;
  readonly p99: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly moves: number;
  readonly rowsKept: number;
  /** What each part held when it began, and at its end. */
  readonly held: readonly [before: Costs, after: Costs];
}

/** What one phase used, a million sightings. */
export function costOf(before: Costs, after: Costs, sightings: number): Record<Part, number> {
  const millions = sightings / 1e6;
  return Object.fromEntries(parts.map((part) => [part, (after[part].cpuS - before[part].cpuS) / millions])) as Record<
    Part,
    number
  >;
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-CA');
const sumOf = (cpuS: Readonly<Record<Part, number>>): number => parts.reduce((sum, part) => sum + cpuS[part], 0);

export interface Setting {
  readonly tags: number;
  readonly gateways: number;
  readonly seconds: number;
  readonly warm: number;
  readonly method: string;
}

/** The figures as `docs/performance.md`. */
export function report(results: readonly PhaseResult[], setting: Setting): string {
  const { tags, gateways, seconds, warm, method } = setting;
  return [
    '# Performance',
    '',
    'Made by `npm run bench:pipeline`. Load generator, doors, Redis, engine, PostgreSQL and sockets share one machine of',
    `${cpus().length} cores; ${whole(tags)} tags, ${whole(gateways)} gateways, ${seconds} s a measurement, method \`${method}\`. What was found on the`,
    'way is in [performance-notes.md](performance-notes.md).',
    '',
    `Each measurement follows ${warm} s of the same traffic at full rate, so that it is of a service that has been up for a`,
    'while: compilers have done their work, and tags have spent the fixes that a tag newly heard is given.',
    '',
    '- **through**: sightings a second from the door until tracking and history had all of them.',
    '- **floor**: the same bytes parsed and added to a Redis stream, pipelined, and nothing else, in the same run.',
    '- **delay**: from `receivedAt`, when a door had a sighting, to the sockets, p50 / p99, at 70 % of what went through.',
    '- **seen**: the same from the stamp the load generator put on the sighting to its fix in a browser: with what waits in',
    '  both connections, and with the load generator, which is also the browser and as busy as the service.',
    '- **COPY**: rows that history has written, copied again into a table of their columns, and nothing else.',
    '- **lost**: acknowledged sightings that tracking neither took nor dropped with a reason.',
    '',
    '| door | through /s | floor /s | of the floor | calm /s | delay ms | seen ms | acknowledged | lost | moves | rows kept | COPY rows /s |',
    '| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |',
    ...results.map((r) => `| ${rateRow(r)} |`),
    '',
    'Processor seconds a million sightings, which what else the machine does changes little. **Possible** is what the',
    `machine's ${cpus().length} cores would carry were they free for this alone, load generator included.`,
    '',
    `| door | ${parts.join(' | ')} | all | possible /s |`,
    `| --- | ${parts.map(() => '--:').join(' | ')} | --: | --: |`,
    ...results.map((r) => `| ${costRow(r)} |`),
    '',
    'The same at the calm rate, where each batch is smaller and a tag at rest has as many fixes for fewer sightings; and how',
    'old the oldest entry was that a stage took in hand, p50 / p99.',
    '',
    `| door | ${parts.join(' | ')} | all | tracking ms | moves to sockets ms |`,
    `| --- | ${parts.map(() => '--:').join(' | ')} | --: | --: | --: |`,
    ...results.map((r) => `| ${calmRow(r)} |`),
    '',
    'Resident memory in MB, before and after: pages that processes of PostgreSQL share are counted for each of them.',
    '',
    `| door | ${parts.join(' | ')} |`,
    `| --- | ${parts.map(() => '--:').join(' | ')} |`,
    ...results.map((r) => `| ${memoryRow(r)} |`),
  ].join('\n');
}

const nameOf = (r: PhaseResult): string => `${r.door}, ${r.format}, ${r.perMessage} a message`;

const rateRow = (r: PhaseResult): string =>
  [
    nameOf(r),
    whole(r.rate),
    whole(r.floorRate),
    `${((100 * r.rate) / r.floorRate).toFixed(1)} %`,
    whole(r.calmRate),
    `${whole(r.fromDoor.p50)} / ${whole(r.fromDoor.p99)}`,
    `${whole(r.p50)} / ${whole(r.p99)}`,
    whole(r.acknowledged),
    whole(r.lost),
    whole(r.moves),
    whole(r.rowsKept),
    whole(r.copyRate),
  ].join(' | ');

const inParts = (cpuS: PhaseResult['cpuS']): string[] => [
  ...parts.map((part) => cpuS[part].toFixed(1)),
  sumOf(cpuS).toFixed(1),
];

const calmRow = (r: PhaseResult): string =>
  [
    nameOf(r),
    ...inParts(r.calmCpuS),
    ...laggingStages.map((stage) => `${whole(r.lags[stage].p50)} / ${whole(r.lags[stage].p99)}`),
  ].join(' | ');

const memoryRow = (r: PhaseResult): string =>
  [nameOf(r), ...parts.map((part) => r.held.map((costs) => whole(costs[part].memoryMb)).join(' → '))].join(' | ');

const costRow = (r: PhaseResult): string =>
  [nameOf(r), ...inParts(r.cpuS), whole((1e6 * cpus().length) / sumOf(r.cpuS))].join(' | ');

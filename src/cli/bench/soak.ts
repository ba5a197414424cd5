import { setTimeout as pause } from 'node:timers/promises';
import { colours, svgOf } from '../report/svg-chart';
import type { DoorDelay } from './door-delay';
import { parts, type Part, readCosts } from './process-costs';

/** Memory of each part at one instant. */
export interface SoakSample {
  readonly minute: number;
  readonly memoryMb: Readonly<Record<Part, number>>;
  /** How far tracking is behind, ms. */
  readonly lagMs: number;
}

/** What came of a long load. */
export interface Soaked {
  readonly samples: readonly SoakSample[];
  /** Sightings a second. */
  readonly rate: number;
  readonly acknowledged: number;
  readonly lost: number;
  /** From `receivedAt` to the sockets, over all of it. */
  readonly delay: DoorDelay;
}

/** Takes a sample now, every `everyMs` until `work` is done, and then. */
export async function sampleWhile(
  work: Promise<unknown>,
  everyMs: number,
  lagMs: () => Promise<number>,
): Promise<SoakSample[]> {
  const samples: SoakSample[] = [];
  const startedAt = performance.now();
  const take = async (): Promise<void> => {
    const costs = await readCosts();
    const memoryMb = Object.fromEntries(parts.map((part) => [part, costs[part].memoryMb])) as Record<Part, number>;
    samples.push({ minute: (performance.now() - startedAt) / 60_000, memoryMb, lagMs: await lagMs() });
  };
  const over = new AbortController();
  const done = work.finally(() => over.abort());
  while (!over.signal.aborted) {
    await take();
    await Promise.race([done, pause(everyMs, undefined, { ref: false })]);
  }
  await take();
  return samples;
}

/** The whole of it as a page of the documentation; the picture beside it. */
export function soakReport({ samples, rate, acknowledged, lost, delay }: Soaked, picture: string): string {
  const whole = (value: number): string => Math.round(value).toLocaleString('en-CA');
  const minutes = samples.at(-1)?.minute ?? 0;
  return [
    '# Performance over a long load',
    '',
    'Made by `npm run bench:pipeline -- --soak`. Everything shares one machine, as in [performance.md](performance.md): Minew',
    `messages of 25 over MQTT, ${whole(rate)} sightings a second for ${Math.round(minutes)} minutes, ${whole(acknowledged)} acknowledged, ${whole(lost)} lost.`,
    `From the door to the sockets sightings took ${whole(delay.p50)} ms (median) and ${whole(delay.p99)} ms (99th percentile).`,
    '',
    `![Memory of each part over ${Math.round(minutes)} minutes](${picture})`,
    '',
    'Resident memory. The processes of PostgreSQL share its buffers, which are counted for each that has touched them: that',
    'curve rises while they fill.',
    '',
    soakTable(samples),
  ].join('\n');
}

/** One line a sample, for a terminal and for the report. */
export function soakTable(samples: readonly SoakSample[]): string {
  const row = ({ minute, memoryMb, lagMs }: SoakSample): string =>
    `| ${[minute.toFixed(1), ...parts.map((part) => Math.round(memoryMb[part])), Math.round(lagMs)].join(' | ')} |`;
  return [
    `| minute | ${parts.map((part) => `${part} MB`).join(' | ')} | tracking behind ms |`,
    `| --: | ${parts.map(() => '--:').join(' | ')} | --: |`,
    ...samples.map(row),
  ].join('\n');
}

/** Memory of each part over time. */
export function soakPicture(samples: readonly SoakSample[], rate: number): string {
  const most = Math.max(...samples.flatMap(({ memoryMb }) => Object.values(memoryMb)));
  const minutes = samples.at(-1)?.minute ?? 1;
  return svgOf([
    {
      title: `Memory at ${Math.round(rate)} sightings a second`,
      x: { label: 'minutes', most: minutes, step: Math.max(1, Math.ceil(minutes / 6)) },
      y: { label: 'MB', most: 200 * Math.ceil(most / 200), step: 200 },
      series: parts.map((part, i) => ({
        name: part,
        points: samples.map(({ minute, memoryMb }) => [minute, memoryMb[part]] as const),
        colour: colours[i % colours.length] ?? '#000000',
        style: 'line' as const,
      })),
    },
  ]);
}

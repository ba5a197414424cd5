import { cpus } from 'node:os';

export interface PhaseResult {
  readonly door: string;
  readonly format: string;
  readonly perMessage: number;
  /** Sightings a second from the first byte until tracking and history had them all. */
  readonly rate: number;
  /** Sightings a second acknowledged at the door. */
  readonly doorRate: number;
  /** Seconds tracking and history needed after the last acknowledgement. */
  readonly drainS: number;
  /** Sightings a second of parse and XADD alone. */
  readonly floorRate: number;
  readonly calmRate: number;
  readonly fixes: number;
  /** Milliseconds from the sighting's stamp to the socket, at the calm rate. */
  readonly p50: number;
  readonly p99: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly rowsKept: number;
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-CA');

/** The figures as `docs/performance.md`. */
export function report(results: readonly PhaseResult[], { tags, seconds }: { tags: number; seconds: number }): string {
  const rows = results.map((r) =>
    [
      `${r.door}, ${r.format}, ${r.perMessage} a message`,
      whole(r.rate),
      whole(r.floorRate),
      `${((100 * r.rate) / r.floorRate).toFixed(1)} %`,
      whole(r.calmRate),
      `${whole(r.p50)} / ${whole(r.p99)}`,
      whole(r.acknowledged),
      whole(r.lost),
      whole(r.rowsKept),
    ].join(' | '),
  );
  return [
    '# Performance',
    '',
    'Made by `npm run bench:pipeline`. Load generator, doors, Redis, engine, PostgreSQL and sockets share one machine of',
    `${cpus().length} cores; ${whole(tags)} tags, ${seconds} s a measurement. Absolute figures depend on the machine and on what else it does:`,
    'compare the columns of one run.',
    '',
    '- **through**: sightings a second from the door until tracking and history had all of them.',
    '- **floor**: the same bytes parsed and added to a Redis stream, pipelined, and nothing else, in the same run.',
    '- **delay**: from the stamp on a sighting to its fix on the socket, p50 / p99, at 70 % of what went through.',
    '- **lost**: acknowledged sightings that tracking neither took nor dropped with a reason.',
    '',
    '| door | through /s | floor /s | of the floor | calm /s | delay ms | acknowledged | lost | rows kept |',
    '| --- | --: | --: | --: | --: | --: | --: | --: | --: |',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

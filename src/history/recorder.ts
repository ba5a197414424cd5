import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { Database } from '../database/database.module';
import { backoffMs, pause } from '../redis/backoff';
import { type StreamBatch, streamStart } from '../redis/read-streams';
import { RedisConnections } from '../redis/redis.module';
import { StreamReader } from '../redis/stream-reader';
import { fixDaysOf } from './choose-fix-days';
import { HistoryWriter } from './history.writer';
import { MoveEntries } from './move-entries';
import { batchSeconds, gaps, lagSeconds, rowsWritten } from './recorder-metrics';
import { confirmGaps, type Gap, suspectGaps } from './stream-gaps';
import { TagClasses } from './tag-classes';
import { Upkeep } from './upkeep';

/**
 * Entries of a shard in one batch. Each holds up to 64 moves, so that 16 shards make 16,000 rows: with more, moves live
 * long enough to be costly to clear away, with fewer, a transaction costs more than its rows.
 */
const mostPerShard = 32;
/** Moves are gathered so long: a transaction costs nearly the same for one row and for a thousand. */
const gatherMs = 200;

const millisOf = (entryId: string): number => Number(entryId.split('-')[0]);
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Reads `moves` of all shards and writes them to the database, from where the database says it got to. While
 * PostgreSQL is away it falls behind and the streams hold what comes, up to MOVES_KEPT per shard.
 */
@Injectable()
export class Recorder implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('Recorder');
  readonly #stop = new AbortController();
  /** Stream key of `moves` → shard. */
  readonly #shards: ReadonlyMap<string, number>;
  readonly #entries: MoveEntries;
  #running: Promise<unknown> | null = null;
  #reader: StreamReader | null = null;
  #oldestWaiting: number | null = null;

  constructor(
    private readonly redis: RedisConnections,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    const shards = Array.from({ length: config.shards }, (_, shard) => shard);
    this.#shards = new Map(shards.map((shard) => [redis.keys.shard(shard).moves, shard]));
    this.#entries = new MoveEntries(redis, this.#shards);
  }

  /** Age of the oldest move seen and not yet written, milliseconds: how far history is behind. */
  get lagMs(): number {
    return this.#oldestWaiting === null ? 0 : Math.max(0, Date.now() - this.#oldestWaiting);
  }

  onApplicationBootstrap(): void {
    const { fixRetentionDays: days, fixRetentionByClass: byClass } = this.config;
    const fixDays = fixDaysOf(this.database, { days, byClass });
    const writer = new HistoryWriter(this.database, fixDays, new TagClasses(this.redis));
    const upkeep = new Upkeep(this.database, fixDays, { days, byClass });
    this.#running = Promise.all([this.#begin(writer), upkeep.run(this.#stop.signal)]);
  }

  /** Before connections close: the batch in hand is written. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await this.#reader?.stop();
  }

  /** A database or Redis that is away at start is waited for, as it is later. */
  async #begin(writer: HistoryWriter): Promise<void> {
    const { signal } = this.#stop;
    for (let failures = 1; !signal.aborted; failures++) {
      try {
        const positions = await writer.positions(this.config.shards);
        await this.#announce(positions);
        this.#read(writer, positions);
        return;
      } catch (error) {
        if (failures === 1) this.#log.warn(`History waits: ${reasonOf(error)}`);
        await pause(backoffMs(failures), signal);
      }
    }
  }

  #read(writer: HistoryWriter, positions: ReadonlyMap<number, string>): void {
    this.#reader = new StreamReader(this.redis, {
      name: 'Recorder',
      positions: new Map([...this.#shards].map(([key, shard]) => [key, positions.get(shard) ?? streamStart])),
      count: mostPerShard,
      gatherMs,
      take: (batch, from) => this.#record(writer, batch, from),
    });
    this.#reader.start();
  }

  async #record(writer: HistoryWriter, batch: StreamBatch, positions: ReadonlyMap<string, string>): Promise<void> {
    const streams = [...batch.values()];
    this.#waitingSince(streams.map((entries) => entries[0]?.id));
    const moves = await this.#entries.read(batch, positions);
    const suspects = await suspectGaps(this.redis, moves);
    const timer = batchSeconds.startTimer();
    const written = await writer.write(moves);
    timer();
    this.#entries.forget();
    rowsWritten.inc({ table: 'fix' }, written.fixes);
    rowsWritten.inc({ table: 'stay' }, written.stays);
    for (const gap of confirmGaps(suspects, written)) this.#reportGap(gap);
    this.#waitingSince(streams.map((entries) => (entries.length < mostPerShard ? undefined : entries.at(-1)?.id)));
    await this.#announce(written.positions);
  }

  #waitingSince(entryIds: readonly (string | undefined)[]): void {
    const oldest = Math.min(...entryIds.map((id) => (id === undefined ? Infinity : millisOf(id))));
    this.#oldestWaiting = oldest === Infinity ? null : oldest;
    lagSeconds.set(this.lagMs / 1000);
  }

  #reportGap({ shard, from, to }: Gap): void {
    gaps.inc();
    this.#log.error(
      `MOVES ARE MISSING from history: shard ${shard} was written up to ${from}, and its stream now begins at ${to}. ` +
        'The database was away for longer than MOVES_KEPT allows, or Redis lost its files.',
    );
  }

  /** Tells tracking what it may trim. Were this lost, the next batch would say it again. */
  async #announce(positions: ReadonlyMap<number, string>): Promise<void> {
    const { commands, keys } = this.redis;
    await Promise.all([...positions].map(([shard, entryId]) => commands.set(keys.shard(shard).recorded, entryId)));
  }
}

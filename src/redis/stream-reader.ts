import { Logger } from '@nestjs/common';
import { backoffMs, pause } from './backoff';
import type { RedisClient } from './client';
import { readStreams, type StreamBatch } from './read-streams';
import { ready } from './ready';
import type { RedisConnections } from './redis.module';
import { noteStage } from './stage-metrics';

export interface StreamReaderOptions {
  /** Who reads, for the log and the metrics. */
  readonly name: string;
  /** Stream key → id of the last entry already had; `streamStart` to read from the first. */
  readonly positions: ReadonlyMap<string, string>;
  /** Most entries of each stream in one batch. @default 500 */
  readonly count?: number;
  /** Least time from one read to the next, so that slow takers get few large batches. @default 0 */
  readonly gatherMs?: number;
  /**
   * Takes a batch that was read from after `positions`. When it rejects, the same entries come again after a pause.
   */
  readonly take: (batch: StreamBatch, positions: ReadonlyMap<string, string>) => Promise<void>;
}

const blockMs = 1_000;
/** A server that has not answered a blocking read for so long is gone without saying so. */
const answerMs = blockMs + 10_000;

/**
 * Reads several streams from real positions on a connection of its own.
 *
 * Guarantees: entries of a stream come in order, each at least once and none is skipped; one batch at a time; the
 * position moves on only when `take` has resolved. While Redis is away it waits, with jitter, and then goes on from
 * where it was.
 */
export class StreamReader {
  readonly #redis: RedisClient;
  readonly #log: Logger;
  readonly #stop = new AbortController();
  readonly #positions: Map<string, string>;
  #running: Promise<void> | null = null;

  constructor(
    connections: Pick<RedisConnections, 'connect'>,
    private readonly options: StreamReaderOptions,
  ) {
    this.#redis = connections.connect({ enableOfflineQueue: false, commandTimeout: answerMs });
    this.#log = new Logger(options.name);
    this.#positions = new Map(options.positions);
  }

  /** Stream key → id of the last entry taken. */
  get positions(): ReadonlyMap<string, string> {
    return this.#positions;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends after the batch in hand has been taken. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#redis.disconnect();
    await this.#running;
  }

  #isStopping(): boolean {
    return this.#stop.signal.aborted;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    let failures = 0;
    while (!signal.aborted) {
      const startedAt = performance.now();
      try {
        await this.#turn();
        if (failures > 0) this.#log.log(`Reads again after ${failures} failed attempts`);
        failures = 0;
        await pause((this.options.gatherMs ?? 0) - (performance.now() - startedAt), signal);
      } catch (error) {
        if (this.#isStopping()) return;
        failures += 1;
        if (failures === 1)
          this.#log.warn(`Waits and tries again: ${error instanceof Error ? error.message : String(error)}`);
        await pause(backoffMs(failures), signal);
      }
    }
  }

  async #turn(): Promise<void> {
    await ready(this.#redis, this.#stop.signal);
    const batch = await readStreams(this.#redis, this.#positions, this.options.count ?? 500, blockMs);
    if (batch.size === 0) return;
    noteStage(this.options.name.toLowerCase(), batch.values(), Date.now());
    await this.options.take(batch, this.#positions);
    for (const [key, entries] of batch) {
      const last = entries.at(-1);
      if (last !== undefined) this.#positions.set(key, last.id);
    }
  }
}

import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { packReadings, packSightings, type Reading, shardOf, type Sighting, streamField } from '../core';
import { RedisConnections } from '../redis/redis.module';
import { waiting } from './ingest.metrics';

/** The stream cannot take a message now: nothing was acknowledged, the sender is to send again. */
export class StreamAway extends Error {
  override name = 'StreamAway';

  constructor(
    readonly reason: 'redis-away' | 'backlog' | 'not-ready',
    detail: string,
  ) {
    super(detail);
  }
}

/** One entry for one stream. */
export interface StreamEntry {
  readonly key: string;
  readonly fields: readonly string[];
  /** Approximate length cap; null where readers trim. */
  readonly keep: number | null;
}

interface Write {
  readonly entries: readonly StreamEntry[];
  readonly resolve: () => void;
  readonly reject: (error: StreamAway) => void;
}

const readingsKept = 10_000;
const countBacklogEveryMs = 500;

/**
 * Puts what the doors took into the streams. Messages of the same turn of the event loop share one pipeline; each is
 * answered when Redis has all of its own entries. Entries of one gateway message keep their order.
 */
@Injectable()
export class SightingWriter implements OnModuleInit, OnApplicationShutdown {
  #batch: Write[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Entries waiting for tracking: as last counted, put in since, and on the way to Redis. */
  #waiting = 0;
  #addedSince = 0;
  #onTheWay = 0;
  #isCounting = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly redis: RedisConnections,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.countBacklog();
    this.#timer = setInterval(() => void this.countBacklog(), countBacklogEveryMs).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** Whether tracking is so far behind that doors must refuse. */
  get isFull(): boolean {
    return this.#waiting + this.#addedSince + this.#onTheWay >= this.config.sightingsWaitingMax;
  }

  /** Rejects with `StreamAway` when Redis does not have all of it; it may then have some, which readers drop as repeats. */
  async take(sightings: readonly Sighting[], readings: readonly Reading[]): Promise<void> {
    const entries = [
      ...this.#entriesOf(sightings, packSightings, 'sightings', null),
      ...this.#entriesOf(readings, packReadings, 'readings', readingsKept),
    ];
    if (entries.length === 0) return;
    this.#onTheWay += entries.length;
    try {
      await this.append(entries);
      this.#addedSince += entries.length;
    } finally {
      this.#onTheWay -= entries.length;
    }
  }

  append(entries: readonly StreamEntry[]): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#batch.length === 0) setImmediate(() => void this.#flush());
      this.#batch.push({ entries, resolve, reject });
    });
  }

  /** All must be of one gateway and one message. */
  #entriesOf<T extends Sighting | Reading>(
    items: readonly T[],
    pack: (items: readonly T[]) => string,
    stream: 'sightings' | 'readings',
    keep: number | null,
  ): StreamEntry[] {
    const byShard = new Map<number, T[]>();
    for (const item of items) {
      const shard = shardOf(item.tagId, this.config.shards);
      const together = byShard.get(shard);
      if (together === undefined) byShard.set(shard, [item]);
      else together.push(item);
    }
    return [...byShard].map(([shard, together]) => ({
      key: this.redis.keys.shard(shard)[stream],
      fields: [streamField, pack(together)],
      keep,
    }));
  }

  async #flush(): Promise<void> {
    const writes = this.#batch;
    this.#batch = [];
    const pipeline = this.redis.commands.pipeline();
    for (const { entries } of writes) {
      for (const { key, fields, keep } of entries) {
        const cap = keep === null ? [] : ['MAXLEN', '~', keep];
        pipeline.call('XADD', key, ...cap, '*', ...fields);
      }
    }
    const answers = await answersOf(pipeline.exec());
    let next = 0;
    for (const { entries, resolve, reject } of writes) {
      const mine = answers === null ? null : answers.slice(next, next + entries.length);
      next += entries.length;
      const failed = mine?.find((error) => error !== null);
      if (mine !== null && failed === undefined) resolve();
      else reject(new StreamAway('redis-away', failed?.message ?? 'Redis did not answer'));
    }
  }

  /** One count at a time: what is added while Redis answers is counted by the next. */
  async countBacklog(): Promise<void> {
    if (this.#isCounting) return;
    this.#isCounting = true;
    const addedBefore = this.#addedSince;
    const pipeline = this.redis.commands.pipeline();
    for (let shard = 0; shard < this.config.shards; shard++) pipeline.xlen(this.redis.keys.shard(shard).sightings);
    const lengths = await pipeline.exec().catch(() => null);
    this.#isCounting = false;
    if (lengths === null || lengths.some(([error]) => error !== null)) return;
    this.#waiting = lengths.reduce((sum, [, length]) => sum + Number(length), 0);
    this.#addedSince -= addedBefore;
    waiting.set(this.#waiting);
  }
}

/** The error of each command, null where it went well; null when there is no answer at all. */
async function answersOf(
  answer: Promise<[error: Error | null, result: unknown][] | null>,
): Promise<(Error | null)[] | null> {
  try {
    const results = await answer;
    return results === null ? null : results.map(([error]) => error);
  } catch {
    return null;
  }
}

import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { joinPacked, packReadings, packSightings, type Reading, shardOf, type Sighting } from '../core';
import { RedisConnections } from '../redis/redis.module';
import { waiting } from './ingest.metrics';
import { type StreamEntry, StreamBatch } from './stream-batch';

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

interface Write {
  readonly keys: Iterable<string>;
  readonly resolve: () => void;
  readonly reject: (error: StreamAway) => void;
}

/** Messages are gathered so long, ms: an entry costs nearly the same for one message and for fifty. */
const gatherMs = 4;
/** Entries of each stream of readings. */
const readingsKept = 2_000;
const countBacklogEveryMs = 500;

/**
 * Puts what the doors took into the streams, gathered: one entry a shard for all messages of a few milliseconds, one
 * pipeline for all shards. Each message is answered when Redis has all of its own. Messages keep their order.
 */
@Injectable()
export class SightingWriter implements OnModuleInit, OnApplicationShutdown {
  #batch = new StreamBatch();
  #writes: Write[] = [];
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

  /**
   * All must be of one gateway and one message. Rejects with `StreamAway` when Redis does not have all of it; it may
   * then have some, which readers drop as repeats.
   */
  take(sightings: readonly Sighting[], readings: readonly Reading[]): Promise<void> {
    if (sightings.length === 0 && readings.length === 0) return Promise.resolve();
    const keys = new Set<string>();
    for (const [shard, together] of this.#byShard(sightings)) {
      const { sightings: key } = this.redis.keys.shard(shard);
      this.#batch.join(key, packSightings(together), null);
      keys.add(key);
    }
    for (const [shard, together] of this.#byShard(readings)) {
      const { readings: key } = this.redis.keys.shard(shard);
      this.#batch.join(key, packReadings(together), readingsKept);
      keys.add(key);
    }
    return this.#written(keys);
  }

  append(entries: readonly StreamEntry[]): Promise<void> {
    for (const entry of entries) this.#batch.add(entry);
    return this.#written(entries.map(({ key }) => key));
  }

  #written(keys: Iterable<string>): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#writes.length === 0) setTimeout(() => void this.#flush(), gatherMs);
      this.#writes.push({ keys, resolve, reject });
    });
  }

  #byShard<T extends Sighting | Reading>(items: readonly T[]): Map<number, T[]> {
    const byShard = new Map<number, T[]>();
    for (const item of items) {
      const shard = shardOf(item.tagId, this.config.shards);
      const together = byShard.get(shard);
      if (together === undefined) byShard.set(shard, [item]);
      else together.push(item);
    }
    return byShard;
  }

  async #flush(): Promise<void> {
    const [writes, batch] = [this.#writes, this.#batch];
    this.#writes = [];
    this.#batch = new StreamBatch();
    const { joined } = batch;
    this.#onTheWay += joined;
    const failed = await batch.write(this.redis.commands, joinPacked);
    this.#onTheWay -= joined;
    if (failed.size === 0) this.#addedSince += joined;
    for (const { keys, resolve, reject } of writes) {
      const reason = failed.size === 0 ? undefined : firstOf(keys, failed);
      if (reason === undefined) resolve();
      else reject(new StreamAway('redis-away', reason));
    }
  }

  /** One count at a time: what is added while Redis answers is counted by the next. */
  async countBacklog(): Promise<void> {
    if (this.#isCounting) return;
    this.#isCounting = true;
    const addedBefore = this.#addedSince;
    const { commands, keys } = this.redis;
    const lengths = await Promise.all(
      Array.from({ length: this.config.shards }, (_, shard) => commands.xlen(keys.shard(shard).sightings)),
    ).catch(() => null);
    this.#isCounting = false;
    if (lengths === null) return;
    this.#waiting = lengths.reduce((sum, length) => sum + length, 0);
    this.#addedSince -= addedBefore;
    waiting.set(this.#waiting);
  }
}

function firstOf(keys: Iterable<string>, failed: ReadonlyMap<string, string>): string | undefined {
  for (const key of keys) {
    const reason = failed.get(key);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

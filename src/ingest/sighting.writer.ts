import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import type { Reading, Sighting } from '../core';
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
  readonly keys: readonly string[];
  readonly resolve: () => void;
  readonly reject: (error: StreamAway) => void;
}

/** Messages are gathered so long, ms: an entry costs nearly the same for one message and for fifty. */
const gatherMs = 15;
const countBacklogEveryMs = 500;

/**
 * Puts what the doors took into the streams, gathered: one entry a shard for all messages of a few milliseconds, one
 * pipeline for all shards. Each message is answered when Redis has all of its own. Messages keep their order.
 */
@Injectable()
export class SightingWriter implements OnModuleInit, OnApplicationShutdown {
  readonly #batch: StreamBatch;
  #writes: Write[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Sightings in an entry, on average of late: Redis only counts entries. */
  #perEntry = 1;
  /** Sightings waiting for tracking: as last counted, put in since, and on the way to Redis. */
  #waiting = 0;
  #addedSince = 0;
  #onTheWay = 0;
  #isCounting = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly redis: RedisConnections,
  ) {
    this.#batch = new StreamBatch(redis.keys, config.shards);
  }

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
    const keys: string[] = [];
    for (const sighting of sightings) keys.push(this.#batch.addSighting(sighting));
    for (const reading of readings) keys.push(this.#batch.addReading(reading));
    return this.#written(keys);
  }

  append(entries: readonly StreamEntry[]): Promise<void> {
    for (const entry of entries) this.#batch.add(entry);
    return this.#written(entries.map(({ key }) => key));
  }

  #written(keys: readonly string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#writes.length === 0) setTimeout(() => void this.#flush(), gatherMs);
      this.#writes.push({ keys, resolve, reject });
    });
  }

  async #flush(): Promise<void> {
    const writes = this.#writes;
    this.#writes = [];
    const { sightings } = this.#batch;
    this.#onTheWay += sightings;
    const { failed, entries } = await this.#batch.write(this.redis.commands);
    if (entries > 0) this.#perEntry += (sightings / entries - this.#perEntry) / 50;
    this.#onTheWay -= sightings;
    if (failed.size === 0) this.#addedSince += sightings;
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
    this.#waiting = Math.round(lengths.reduce((sum, length) => sum + length, 0) * Math.max(1, this.#perEntry));
    this.#addedSince -= addedBefore;
    waiting.set(this.#waiting);
  }
}

function firstOf(keys: readonly string[], failed: ReadonlyMap<string, string>): string | undefined {
  for (const key of keys) {
    const reason = failed.get(key);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

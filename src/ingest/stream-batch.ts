import { packReadings, type Reading, shardOf, type Sighting, SightingPacker, streamField } from '../core';
import type { RedisClient } from '../redis/client';
import type { Keys } from '../redis/keys';

/** One entry for one stream. */
export interface StreamEntry {
  readonly key: string;
  readonly fields: readonly (string | Buffer)[];
  /** Approximate length cap; null where readers trim. */
  readonly keep: number | null;
}

export interface Written {
  /** The streams that may lack some of it, with the reason. */
  readonly failed: ReadonlyMap<string, string>;
  /** Entries of sightings. */
  readonly entries: number;
}

/** A sighting entry longer than this, bytes, is closed and another begun. */
const longest = 64_000;
/** Entries of each stream of readings. */
const readingsKept = 2_000;

/** What is gathered for one shard. */
interface Shard {
  readonly key: string;
  readonly readingsKey: string;
  readonly packer: SightingPacker;
  readings: Reading[];
}

/** What goes to Redis together: one entry a shard for the sightings of many messages, and entries of their own. */
export class StreamBatch {
  #entries: StreamEntry[] = [];
  readonly #shards: readonly Shard[];
  /** Sightings gathered. */
  sightings = 0;

  constructor(keys: Keys, shards: number) {
    this.#shards = Array.from({ length: shards }, (_, shard) => ({
      key: keys.shard(shard).sightings,
      readingsKey: keys.shard(shard).readings,
      packer: new SightingPacker(),
      readings: [],
    }));
  }

  add(entry: StreamEntry): void {
    this.#entries.push(entry);
  }

  /** @returns the stream it goes to */
  addSighting(sighting: Sighting): string {
    const shard = this.#shardOf(sighting);
    shard.packer.add(sighting);
    this.sightings += 1;
    if (shard.packer.length > longest) this.#close(shard);
    return shard.key;
  }

  /** @returns the stream it goes to */
  addReading(reading: Reading): string {
    const shard = this.#shardOf(reading);
    shard.readings.push(reading);
    return shard.readingsKey;
  }

  /** Writes all of it; the batch is empty at once. */
  async write(redis: RedisClient): Promise<Written> {
    const failed = new Map<string, string>();
    const writes: Promise<unknown>[] = [];
    const all = this.#takeAll();
    for (const { key, keep, fields } of all) {
      const cap = keep === null ? [] : ['MAXLEN', '~', keep];
      const written = redis.xadd(key, ...cap, '*', ...fields);
      writes.push(written.catch((error: unknown) => failed.set(key, String(error))));
    }
    await Promise.all(writes);
    return { failed, entries: all.reduce((sum, { keep }) => sum + (keep === null ? 1 : 0), 0) };
  }

  #takeAll(): StreamEntry[] {
    for (const shard of this.#shards) this.#close(shard);
    const taken = this.#entries;
    this.#entries = [];
    this.sightings = 0;
    return taken;
  }

  #close(shard: Shard): void {
    const { key, readingsKey, packer, readings } = shard;
    if (packer.length > 0) this.#entries.push({ key, fields: [streamField, packer.take()], keep: null });
    if (readings.length === 0) return;
    this.#entries.push({ key: readingsKey, fields: [streamField, packReadings(readings)], keep: readingsKept });
    shard.readings = [];
  }

  #shardOf({ tagId }: Sighting | Reading): Shard {
    const shard = this.#shards[shardOf(tagId, this.#shards.length)];
    if (shard === undefined) throw new RangeError('Unexpected number of shards');
    return shard;
  }
}

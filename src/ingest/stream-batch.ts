import { streamField } from '../core';
import type { RedisClient } from '../redis/client';

/** One entry for one stream. */
export interface StreamEntry {
  readonly key: string;
  readonly fields: readonly string[];
  /** Approximate length cap; null where readers trim. */
  readonly keep: number | null;
}

/** An entry longer than this, in characters of its parts, is closed and another begun. */
const longest = 64_000;

interface Shared {
  readonly parts: string[];
  length: number;
  readonly keep: number | null;
}

/** What goes to Redis together: entries of their own, and entries that many messages share. */
export class StreamBatch {
  readonly #entries: StreamEntry[] = [];
  /** Stream → the parts of its entries, in order. */
  readonly #parts = new Map<string, Shared[]>();
  /** Entries without a cap that messages share. */
  joined = 0;

  add(entry: StreamEntry): void {
    this.#entries.push(entry);
  }

  /** Adds a part to the last entry of a stream. */
  join(key: string, part: string, keep: number | null): void {
    const entries = this.#parts.get(key) ?? [];
    const last = entries.at(-1);
    if (last !== undefined && last.length < longest) {
      last.parts.push(part);
      last.length += part.length;
      return;
    }
    entries.push({ parts: [part], length: part.length, keep });
    if (keep === null) this.joined += 1;
    this.#parts.set(key, entries);
  }

  /** Writes all of it. Gives the streams that may lack some, with the reason. */
  async write(redis: RedisClient, joinParts: (parts: readonly string[]) => string): Promise<Map<string, string>> {
    const failed = new Map<string, string>();
    const writes: Promise<unknown>[] = [];
    const add = (key: string, keep: number | null, fields: readonly string[]): void => {
      const cap = keep === null ? [] : ['MAXLEN', '~', keep];
      const written = redis.xadd(key, ...cap, '*', ...fields);
      writes.push(written.catch((error: unknown) => failed.set(key, String(error))));
    };
    for (const [key, entries] of this.#parts) {
      for (const { parts, keep } of entries) add(key, keep, [streamField, joinParts(parts)]);
    }
    for (const { key, fields, keep } of this.#entries) {
      add(key, keep, fields);
    }
    await Promise.all(writes);
    return failed;
  }
}

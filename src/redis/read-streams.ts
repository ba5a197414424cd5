import { setTimeout as wait } from 'node:timers/promises';
import { Cluster, type Redis } from 'ioredis';
import { streamField } from '../core';
import type { RedisClient } from './client';

/** One entry of a stream; `bytes` is what the writer packed, empty when the entry is not one of ours. */
export interface StreamEntry {
  readonly id: string;
  readonly bytes: Buffer;
}

/** What one read found: stream key → its new entries in order. Streams with nothing new are absent. */
export type StreamBatch = ReadonlyMap<string, readonly StreamEntry[]>;

/** Position before the first entry of any stream. */
export const streamStart = '0-0';

/**
 * Reads what follows the given positions, waiting up to `blockMs` for something to come. Blocks its connection.
 * @param positions stream key → id of the last entry already had: a real id, never `$`, so nothing falls between reads
 * @param count most entries taken of each stream
 */
export async function readStreams(
  redis: RedisClient,
  positions: ReadonlyMap<string, string>,
  count: number,
  blockMs: number,
): Promise<StreamBatch> {
  const read =
    redis instanceof Cluster ? readEach(redis, positions, count, blockMs) : readAll(redis, positions, count, blockMs);
  const found = await read.catch((error: unknown) => {
    // The server is gone without closing the connection: nothing would ever come through it again.
    if (error instanceof Error && error.message === 'Command timed out') redis.disconnect(true);
    throw error;
  });
  return new Map(found.map(([key, entries]) => [key.toString(), entries.map(toEntry)]));
}

type Found = [key: Buffer, entries: [id: Buffer, fields: Buffer[]][]][];
type Positions = ReadonlyMap<string, string>;

async function readAll(redis: Redis, positions: Positions, count: number, blockMs: number): Promise<Found> {
  const args = [...positions.keys(), ...positions.values()];
  return (await redis.xreadBuffer('COUNT', count, 'BLOCK', blockMs, 'STREAMS', ...args)) ?? [];
}

/** Between two looks at the streams of a cluster, ms. */
const lookEveryMs = 15;

/** A command of a cluster reads the streams of one shard, and one that waits would keep the others waiting: so none does. */
async function readEach(redis: Cluster, positions: Positions, count: number, blockMs: number): Promise<Found> {
  for (const until = performance.now() + blockMs; ;) {
    const reads = [...positions].map(([key, after]) => redis.xreadBuffer('COUNT', count, 'STREAMS', key, after));
    const found = (await Promise.all(reads)).flatMap((reply) => reply ?? []);
    if (found.length > 0 || performance.now() >= until) return found;
    await wait(lookEveryMs);
  }
}

const field = Buffer.from(streamField);
const nothing = Buffer.alloc(0);

function toEntry([id, fields]: readonly [Buffer, readonly Buffer[]]): StreamEntry {
  for (let i = 0; i < fields.length; i += 2) {
    if (fields[i]?.equals(field) === true) return { id: id.toString('latin1'), bytes: fields[i + 1] ?? nothing };
  }
  return { id: id.toString('latin1'), bytes: nothing };
}

const readAtOnce = 500;

/** The entries after one id up to and with another, in order, some at a time. */
export async function* entriesBetween(
  redis: RedisClient,
  stream: string,
  after: string,
  last: string,
): AsyncGenerator<readonly StreamEntry[]> {
  for (let from = after; ;) {
    const found = (await redis.xrangeBuffer(stream, entryIdAfter(from), last, 'COUNT', readAtOnce)).map(toEntry);
    if (found.length > 0) yield found;
    from = found.at(-1)?.id ?? last;
    if (found.length < readAtOnce) return;
  }
}

/** Orders two entry ids by time, then by sequence. */
export function compareEntryIds(a: string, b: string): number {
  const [aMs = 0, aSeq = 0] = a.split('-').map(Number);
  const [bMs = 0, bSeq = 0] = b.split('-').map(Number);
  return aMs - bMs || aSeq - bSeq;
}

/** The smallest id greater than `id`: what `XTRIM MINID` needs to remove `id` itself. */
export function entryIdAfter(id: string): string {
  const [ms = '0', sequence = '0'] = id.split('-');
  return `${ms}-${Number(sequence) + 1}`;
}

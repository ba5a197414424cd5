import { unpackMoves } from '../core';
import { dropped } from '../health/dropped';
import { putAside, type DeadEntry } from '../redis/dead-letters';
import type { StreamBatch, StreamEntry } from '../redis/read-streams';
import type { RedisConnections } from '../redis/redis.module';
import type { ShardMoves } from './history.writer';
import { readMove, type RecordableMove } from './rows';

/** Reads entries of `moves`. What is no move is put aside and passed over: it cannot stop history. */
export class MoveEntries {
  /** Put aside by a batch that is not written yet, so that its repeat does not put them aside again. */
  readonly #aside = new Set<string>();

  constructor(
    private readonly redis: RedisConnections,
    /** Stream key → shard, and stream key → where the batch was read from. */
    private readonly shards: ReadonlyMap<string, number>,
  ) {}

  async read(batch: StreamBatch, positions: ReadonlyMap<string, string>): Promise<ShardMoves[]> {
    const letters: DeadEntry[] = [];
    const moves = [...batch].map(([key, entries]): ShardMoves => {
      const shard = this.shards.get(key);
      const from = positions.get(key);
      if (shard === undefined || from === undefined) throw new RangeError(`Unexpected stream ${key}`);
      return {
        shard,
        from,
        entries: entries.map((entry) => ({ id: entry.id, moves: this.#moves(entry, key, letters) })),
      };
    });
    await putAside(this.redis, letters);
    return moves;
  }

  /** The batch is written: none of it comes again. */
  forget(): void {
    this.#aside.clear();
  }

  #moves({ id, bytes }: StreamEntry, key: string, letters: DeadEntry[]): RecordableMove[] {
    const read: RecordableMove[] = [];
    const name = `${key}/${id}`;
    const putAside = (error: unknown, payload: string | Buffer): void => {
      if (this.#aside.has(name)) return;
      dropped.inc({ step: 'history', reason: 'not-a-move' });
      const detail = error instanceof Error ? error.message : String(error);
      letters.push({ door: 'history', address: key, reason: 'not-a-move', detail, payload });
    };
    const before = letters.length;
    for (const move of listOf(bytes, putAside)) {
      try {
        const kept = readMove(move);
        if (kept !== null) read.push(kept);
      } catch (error) {
        putAside(error, JSON.stringify(move));
      }
    }
    if (letters.length > before) this.#aside.add(name);
    return read;
  }
}

function listOf(entry: Buffer, refuse: (error: unknown, payload: Buffer) => void): readonly unknown[] {
  try {
    const moves: unknown = unpackMoves(entry, true);
    if (Array.isArray(moves)) return moves;
    refuse('not a list of moves', entry);
  } catch (error) {
    refuse(error, entry);
  }
  return [];
}

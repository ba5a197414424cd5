import { streamStart } from '../redis/read-streams';
import type { RedisConnections } from '../redis/redis.module';
import type { ShardMoves, Written } from './history.writer';

/** A place where the stream no longer held what followed the last row written. */
export interface Gap {
  readonly shard: number;
  /** Last entry that was written before. */
  readonly from: string;
  /** First entry that was still there. */
  readonly to: string;
}

/**
 * The shards whose stream no longer holds the entry they were read from. Tracking trims only what lies before the
 * last entry written, so then the length cap of `moves` (or the loss of Redis's files) took what followed.
 */
export async function suspectGaps({ commands, keys }: RedisConnections, batch: readonly ShardMoves[]): Promise<Gap[]> {
  const suspects = await Promise.all(
    batch.map(async ({ shard, from, entries }): Promise<Gap | null> => {
      if (from === streamStart) return null;
      const held = await commands.xrange(keys.shard(shard).moves, from, from);
      return held.length > 0 ? null : { shard, from, to: entries[0]?.id ?? from };
    }),
  );
  return suspects.filter((gap) => gap !== null);
}

/** Another recorder may have written on meanwhile: then the entry was trimmed rightly. */
export function confirmGaps(suspects: readonly Gap[], { before }: Written): Gap[] {
  return suspects.filter(({ shard, from }) => before.get(shard) === from);
}

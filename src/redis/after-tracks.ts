import type { RedisClient } from './client';
import type { ShardKeys } from './keys';
import { streamStart } from './read-streams';

/**
 * Where in a shard's stream of moves to read on for whoever reads its stored tracks next: they hold every move up to
 * there. To be asked for before the tracks are read.
 */
export async function movesAfterTracks(redis: RedisClient, { cursor, moves }: ShardKeys): Promise<string> {
  const known = await redis.hget(cursor, 'moves');
  if (known !== null) return known;
  const [last] = await redis.xrevrange(moves, '+', '-', 'COUNT', 1);
  return last?.[0] ?? streamStart;
}

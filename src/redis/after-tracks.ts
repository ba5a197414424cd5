import type { RedisClient } from './client';
import type { ShardKeys } from './keys';
import { streamStart } from './read-streams';

/**
 * Where in a shard's streams of positions and moves to read on for whoever reads its stored tracks next: they hold
 * every move up to there. To be asked for before the tracks are read. Positions come first, so that a tag's last move,
 * that it fell silent, is read after them.
 */
export async function afterTracks(
  redis: RedisClient,
  keys: ShardKeys,
): Promise<readonly (readonly [string, string])[]> {
  const id = (await redis.hget(keys.cursor, 'moves')) ?? (await lastOf(redis, keys.moves));
  // The streams share a clock. Some positions come twice, which changes nothing.
  const before = Math.max(0, parseInt(id, 10) - 1);
  return [
    [keys.positions, before === 0 ? streamStart : `${before}-0`],
    [keys.moves, id],
  ];
}

async function lastOf(redis: RedisClient, stream: string): Promise<string> {
  const [last] = await redis.xrevrange(stream, '+', '-', 'COUNT', 1);
  return last?.[0] ?? streamStart;
}

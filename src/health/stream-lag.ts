import type { RedisClient } from '../redis/client';
import type { Keys } from '../redis/keys';
import { entryIdAfter } from '../redis/read-streams';

/** How far a reader is behind its streams, over all shards. */
export interface Lag {
  /** Age of the oldest entry not yet consumed, by Redis's clock; 0: none waits. */
  readonly oldestS: number;
  /** Shards in which something waits. */
  readonly shardsBehind: number;
}

export interface StreamLag {
  readonly sightings: Lag;
  readonly moves: Lag;
  readonly deadLetters: number;
}

/** Asks Redis how far tracking is behind the doors, and history behind tracking. Throws when Redis is away. */
export async function measureLag(redis: RedisClient, keys: Keys, shards: number): Promise<StreamLag> {
  const all = Array.from({ length: shards }, (_, shard) => keys.shard(shard));
  const [now, dead, cursors, recorded] = await Promise.all([
    redis.time().then(([seconds, micros]) => Number(seconds) * 1000 + Number(micros) / 1000),
    redis.xlen(keys.dead),
    Promise.all(all.map(({ cursor }) => redis.hget(cursor, 'entry'))),
    Promise.all(all.map((shard) => redis.get(shard.recorded))),
  ]);
  const [sightings, moves] = await Promise.all([
    Promise.all(all.map((shard, at) => ageOfNext(redis, shard.sightings, cursors[at] ?? null, now))),
    Promise.all(all.map((shard, at) => ageOfNext(redis, shard.moves, recorded[at] ?? null, now))),
  ]);
  return { sightings: lagOf(sightings), moves: lagOf(moves), deadLetters: dead };
}

/** Age in ms of the first entry after `position`; null when there is none. An entry's id is the time it was added. */
async function ageOfNext(
  redis: RedisClient,
  stream: string,
  position: string | null,
  now: number,
): Promise<number | null> {
  const from = position === null ? '-' : entryIdAfter(position);
  const [next] = await redis.xrange(stream, from, '+', 'COUNT', 1);
  return next === undefined ? null : Math.max(0, now - Number(next[0].split('-')[0]));
}

function lagOf(ages: readonly (number | null)[]): Lag {
  const waiting = ages.filter((age) => age !== null);
  return { oldestS: Math.max(0, ...waiting) / 1000, shardsBehind: waiting.length };
}

import {
  type Move,
  packMoves,
  packSightings,
  type Sighting,
  shardOf,
  streamField,
  type SiteModel,
  type Track,
  unpackMoves,
  unpackTrack,
} from '../../src/core';
import type { RedisConnections } from '../../src/redis/redis.module';
import { waitFor } from './wait-for';

/** Puts sightings where ingest puts them: one entry for each gateway message and shard, in the order given. */
export async function putSightings(
  { commands, keys }: RedisConnections,
  shards: number,
  sightings: readonly Sighting[],
): Promise<void> {
  for (const sighting of sightings) {
    const key = keys.shard(shardOf(sighting.tagId, shards)).sightings;
    await commands.xadd(key, '*', streamField, packSightings([sighting]));
  }
}

/** Every move in the streams, shard by shard, those of each tag in order. */
export async function movesOf({ commands, keys }: RedisConnections, shards: number): Promise<Move[]> {
  const found: { readonly move: Move; readonly written: number }[] = [];
  for (let shard = 0; shard < shards; shard++) {
    const own = keys.shard(shard);
    for (const stream of [own.positions, own.moves]) {
      for (const [id, fields] of await commands.xrangeBuffer(stream, '-', '+')) {
        const written = parseInt(id.toString(), 10);
        for (const move of unpackMoves(fields[1] ?? Buffer.alloc(0))) found.push({ move, written });
      }
    }
  }
  return found.sort((a, b) => a.move.fix.at - b.move.fix.at || a.written - b.written).map(({ move }) => move);
}

/** Sightings that tracking has not consumed yet. */
export async function sightingsWaiting({ commands, keys }: RedisConnections, shards: number): Promise<number> {
  const waiting = await Promise.all(
    Array.from({ length: shards }, async (_, shard) => {
      const { cursor, sightings } = keys.shard(shard);
      const entry = await commands.hget(cursor, 'entry');
      return (await commands.xrange(sightings, entry === null ? '-' : `(${entry}`, '+')).length;
    }),
  );
  return waiting.reduce((sum, length) => sum + length, 0);
}

/** The tracks as they are stored, read for the site they were made on. */
export async function tracksOf(
  { commands, keys }: RedisConnections,
  shards: number,
  model: SiteModel,
): Promise<Map<string, Track>> {
  const tracks = new Map<string, Track>();
  for (let shard = 0; shard < shards; shard++) {
    const stored = await commands.hgetallBuffer(keys.shard(shard).tracks);
    for (const [tagId, bytes] of Object.entries(stored)) tracks.set(tagId, unpackTrack(bytes, model));
  }
  return tracks;
}

/** Puts moves where tracking puts them. */
export async function putMoves(
  { commands, keys }: RedisConnections,
  shards: number,
  moves: readonly Move[],
): Promise<void> {
  for (const move of moves) {
    await commands.xadd(keys.shard(shardOf(move.tagId, shards)).moves, '*', streamField, packMoves([move]));
  }
}

/** Waits until history says that it has recorded every move in the streams. */
export async function everythingRecorded({ commands, keys }: RedisConnections, shards: number): Promise<void> {
  await waitFor(
    'history to record every move',
    async () => {
      for (let shard = 0; shard < shards; shard++) {
        const { moves, recorded } = keys.shard(shard);
        const [last] = await commands.xrevrange(moves, '+', '-', 'COUNT', 1);
        if (last !== undefined && (await commands.get(recorded)) !== last[0]) return false;
      }
      return true;
    },
    30_000,
  );
}

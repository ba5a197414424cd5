import { expect, onTestFinished, test } from 'vitest';
import { type Move, packSightings, shardOf, type Sighting, streamField, tagId, unpackMoves } from '../../src/core';
import { Recorder } from '../../src/history/recorder';
import { Trail } from '../../src/history/trail';
import type { RedisConnections } from '../../src/redis/redis.module';
import { Tracker } from '../../src/tracking/tracker';
import { keptFixes, movesOffline, staysOf } from '../support/expected-rows';
import { privateConfig, privateDatabase, privateRedis } from '../support/private-services';
import { everythingRecorded, sightingsWaiting } from '../support/streams';
import { twoRooms, walk } from '../support/two-rooms';
import { waitFor } from '../support/wait-for';

const shards = 16;
const tags = Array.from({ length: 16 }, (_, i) => tagId(`ac233fd10${String(i).padStart(3, '0')}`));
const steps = 48;

test(
  'tracking grows from one worker to four and shrinks again under load: no move is lost or told twice',
  { timeout: 180_000 },
  async () => {
    const model = await twoRooms();
    const config = privateConfig({ SHARDS: String(shards), SILENT_AFTER_S: '3600' });
    const redis = await privateRedis(config);
    const database = await privateDatabase(config);
    const recorder = new Recorder(redis, database, config);
    recorder.onApplicationBootstrap();
    onTestFinished(() => recorder.beforeApplicationShutdown());
    const workers: Tracker[] = [];
    const grow = (): void => {
      // Saves seldom, so that whoever takes a shard over has something to work out again.
      const worker = new Tracker(redis, config, { model }, { leaseMs: 1_500, blockMs: 50, saveMs: 3_600_000 });
      worker.onApplicationBootstrap();
      onTestFinished(() => worker.beforeApplicationShutdown());
      workers.push(worker);
    };
    const start = Date.now() - 600_000;
    const walks = tags.map((tag) => walk(model, tag, start, steps));
    let step = 0;
    const load = async (until: number): Promise<void> => {
      for (; step < until; step++)
        await putTogether(
          redis,
          walks.map((walked) => walked[step] ?? []),
        );
    };
    grow();
    await load(6);
    for (let size = 2; size <= 4; size++) {
      grow();
      await shareWhile(load, workers, step + 8);
    }
    for (let size = 3; size >= 1; size--) {
      const [leaving] = workers.splice(0, 1);
      await Promise.all([leaving?.beforeApplicationShutdown(), load(step + 6)]);
      await shareWhile(load, workers, step);
    }
    await load(steps);
    await waitFor('all sightings to be tracked', async () => (await sightingsWaiting(redis, shards)) === 0, 30_000);
    await everythingRecorded(redis, shards);
    const trail = new Trail(database);
    const told = await newsOf(redis);
    for (const [i, tag] of tags.entries()) {
      const moves = movesOffline(model, walks[i]?.flat() ?? []);
      expect(await trail.trail(tag, 0, 8e15)).toEqual(keptFixes(moves));
      expect(await trail.stays(tag, 0, 8e15)).toEqual(staysOf(moves));
      expect(told.filter(({ tagId: id }) => id === tag)).toEqual(moves.filter(isNews));
    }
  },
);

/** One entry for what each tag was heard by at one instant. */
async function putTogether({ commands, keys }: RedisConnections, heard: readonly Sighting[][]): Promise<void> {
  const writes = heard.flatMap((sightings) => {
    const [first] = sightings;
    if (first === undefined) return [];
    const key = keys.shard(shardOf(first.tagId, shards)).sightings;
    return [commands.xadd(key, '*', streamField, packSightings(sightings))];
  });
  await Promise.all(writes);
}

/** Goes on loading until all workers hold about as many shards. */
async function shareWhile(
  load: (until: number) => Promise<void>,
  workers: readonly Tracker[],
  until: number,
): Promise<void> {
  const most = Math.ceil(shards / workers.length);
  await load(until);
  await waitFor(`${workers.length} workers to share the shards`, () => {
    const held = workers.map((worker) => worker.shards.length);
    return Math.max(...held) <= most && held.reduce((sum, count) => sum + count, 0) === shards;
  });
}

/** The moves that make a row or change a presence. */
const isNews = ({ keep, changes }: Move): boolean => keep || changes.length > 0;

/** Every such move that was announced, in the order of its stream. */
async function newsOf({ commands, keys }: RedisConnections): Promise<Move[]> {
  const told: Move[] = [];
  for (let shard = 0; shard < shards; shard++) {
    for (const [, fields] of await commands.xrangeBuffer(keys.shard(shard).moves, '-', '+')) {
      told.push(...unpackMoves(fields[1] ?? Buffer.alloc(0)).filter(isNews));
    }
  }
  return told;
}

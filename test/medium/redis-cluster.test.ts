import { expect, onTestFinished, test } from 'vitest';
import { tagId } from '../../src/core';
import { Recorder } from '../../src/history/recorder';
import { Trail } from '../../src/history/trail';
import { RedisConnections } from '../../src/redis/redis.module';
import { Tracker } from '../../src/tracking/tracker';
import { keptFixes, movesOffline, staysOf } from '../support/expected-rows';
import { privateConfig, privateDatabase, privateRedis } from '../support/private-services';
import { startRedisCluster } from '../support/redis-cluster';
import { everythingRecorded, putSightings, sightingsWaiting } from '../support/streams';
import { temporaryDirectory } from '../support/temporary-directory';
import { twoRooms, walk } from '../support/two-rooms';
import { waitFor } from '../support/wait-for';

const shards = 8;
const tags = Array.from({ length: 6 }, (_, i) => tagId(`ac233fb1000${i}`));

test('on a Redis Cluster every move is tracked and recorded once, though its nodes are killed in turn', async () => {
  const cluster = await startRedisCluster(temporaryDirectory());
  onTestFinished(() => cluster.stop());
  const model = await twoRooms();
  const config = privateConfig({ REDIS_URL: cluster.url, SHARDS: String(shards), SILENT_AFTER_S: '3600' });
  const redis = await privateRedis(config);
  const database = await privateDatabase(config);
  const tracker = new Tracker(redis, config, { model }, { leaseMs: 600 });
  const recorder = new Recorder(redis, database, config);
  onTestFinished(async () => {
    await tracker.beforeApplicationShutdown();
    await recorder.beforeApplicationShutdown();
  });
  tracker.onApplicationBootstrap();
  recorder.onApplicationBootstrap();
  const start = Date.now() - 600_000;
  const walks = tags.map((tag) => walk(model, tag, start, 40));
  const step = (from: number, to: number) => walks.flatMap((walked) => walked.slice(from, to)).flat();
  await putSightings(redis, shards, step(0, 10));
  for (const [i, node] of cluster.nodes.entries()) {
    await node.kill();
    await node.start();
    await waitFor('all nodes to be back', () => isWhole(redis));
    await putSightings(redis, shards, step(10 + 10 * i, 20 + 10 * i));
  }
  await waitFor('all sightings to be tracked', async () => (await sightingsWaiting(redis, shards)) === 0, 30_000);
  await everythingRecorded(redis, shards);
  const trail = new Trail(database);
  for (const [i, tag] of tags.entries()) {
    const moves = movesOffline(model, walks[i]?.flat() ?? []);
    expect(await trail.trail(tag, 0, 8e15)).toEqual(keptFixes(moves));
    expect(await trail.stays(tag, 0, 8e15)).toEqual(staysOf(moves));
  }
});

test('one node of a Redis Cluster is refused with what to write instead', async () => {
  const cluster = await startRedisCluster(temporaryDirectory());
  onTestFinished(() => cluster.stop());
  const connections = new RedisConnections(privateConfig({ REDIS_URL: cluster.nodes[0]?.url ?? '' }));
  onTestFinished(() => connections.onApplicationShutdown());
  await expect(connections.onModuleInit()).rejects.toThrow('name two or more of them, separated by commas');
});

/** Each shard can be written to, on whichever node it is. */
async function isWhole({ commands, keys }: RedisConnections): Promise<boolean> {
  const asked = Array.from({ length: shards }, (_, shard) => commands.xlen(keys.shard(shard).sightings));
  return (await Promise.allSettled(asked)).every(({ status }) => status === 'fulfilled');
}

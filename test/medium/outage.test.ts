import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { type SiteModel, tagId } from '../../src/core';
import { startPostgres } from '../../src/embedded/postgres';
import { startRedis } from '../../src/embedded/redis';
import { Recorder } from '../../src/history/recorder';
import { Trail } from '../../src/history/trail';
import { Tracker } from '../../src/tracking/tracker';
import { keptFixes, movesOffline, staysOf } from '../support/expected-rows';
import { ownServer } from '../support/own-server';
import { openDatabase, privateConfig, privateRedis } from '../support/private-services';
import { everythingRecorded, movesOf, putMoves, putSightings, sightingsWaiting } from '../support/streams';
import { twoRooms, walk } from '../support/two-rooms';
import { waitFor } from '../support/wait-for';

const shards = 2;
const tag = tagId('ac233fa1164d');
const start = Date.now() - 600_000;

let model: SiteModel;
beforeAll(async () => {
  model = await twoRooms();
});

test('PostgreSQL stopped and started while moves flow: nothing is missing from history, nothing is there twice', async () => {
  const postgres = await ownServer(startPostgres);
  const config = privateConfig({ SHARDS: String(shards), DATABASE_URL: postgres.url });
  const redis = await privateRedis(config);
  const database = await openDatabase(config);
  const recorder = new Recorder(redis, database, config);
  onTestFinished(() => recorder.beforeApplicationShutdown());
  recorder.onApplicationBootstrap();
  const moves = movesOffline(model, walk(model, tag, start, 90).flat());
  await putMoves(redis, shards, moves.slice(0, 30));
  await everythingRecorded(redis, shards);
  await postgres.stop();
  await putMoves(redis, shards, moves.slice(30, 60));
  await waitFor('history to fall behind', () => recorder.lagMs > 500);
  await postgres.start();
  await putMoves(redis, shards, moves.slice(60));
  await everythingRecorded(redis, shards);
  const trail = new Trail(database);
  expect(await trail.trail(tag, 0, 8e15)).toEqual(keptFixes(moves));
  expect(await trail.stays(tag, 0, 8e15)).toEqual(staysOf(moves));
  expect(recorder.lagMs).toBe(0);
});

test('Redis stopped and started while sightings flow: tracking goes on where it was', async () => {
  const own = await ownServer(startRedis);
  const config = privateConfig({ SHARDS: String(shards), REDIS_URL: own.url, SILENT_AFTER_S: '3600' });
  const redis = await privateRedis(config);
  const tracker = new Tracker(redis, config, { model }, { leaseMs: 600, blockMs: 50 });
  onTestFinished(() => tracker.beforeApplicationShutdown());
  tracker.onApplicationBootstrap();
  const walked = walk(model, tag, start, 60);
  await putSightings(redis, shards, walked.slice(0, 30).flat());
  await own.stop();
  await waitFor('the connection to be lost', () => redis.commands.status !== 'ready');
  await own.start();
  await waitFor('the connection to be back', () => redis.commands.status === 'ready');
  await putSightings(redis, shards, walked.slice(30).flat());
  await waitFor('all sightings to be consumed', async () => (await sightingsWaiting(redis, shards)) === 0);
  expect(await movesOf(redis, shards)).toEqual(movesOffline(model, walked.flat()));
});

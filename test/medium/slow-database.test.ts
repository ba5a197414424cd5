import type { PoolClient } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { tagId } from '../../src/core';
import type { Database } from '../../src/database/database.module';
import { Recorder } from '../../src/history/recorder';
import { Trail } from '../../src/history/trail';
import { keptFixes, movesOffline, staysOf } from '../support/expected-rows';
import { openDatabase, privateConfig, privateDatabase, privateRedis } from '../support/private-services';
import { everythingRecorded, putMoves } from '../support/streams';
import { twoRooms, walk } from '../support/two-rooms';
import { waitFor } from '../support/wait-for';

const shards = 2;
const tag = tagId('ac233fa1164e');

/** As PostgreSQL answers when a table cannot grow: SQLSTATE 53100, at every batch of history. */
async function fillDisk({ pool }: Database): Promise<() => Promise<unknown>> {
  await pool.query(`create function no_room() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$`);
  await pool.query('create trigger no_room before update on history_position execute function no_room()');
  return () => pool.query('drop function no_room() cascade');
}

/** Somebody else has the table history writes last, for as long as they like. */
async function holdUp({ pool }: Database): Promise<() => Promise<unknown>> {
  const client: PoolClient = await pool.connect();
  await client.query('begin; lock table history_position in access exclusive mode');
  return async () => {
    await client.query('rollback');
    client.release();
  };
}

test.each([
  ['there is no room on its disk', fillDisk],
  ['it is held up by a lock', holdUp],
])('history falls behind while %s, and then has every move once', async (_, bring) => {
  const model = await twoRooms();
  const config = privateConfig({ SHARDS: String(shards) });
  const redis = await privateRedis(config);
  const database = await privateDatabase(config);
  const recorder = new Recorder(redis, database, config);
  recorder.onApplicationBootstrap();
  onTestFinished(() => recorder.beforeApplicationShutdown());
  const moves = movesOffline(model, walk(model, tag, Date.now() - 600_000, 60).flat());
  const half = Math.floor(moves.length / 2);
  await putMoves(redis, shards, moves.slice(0, half));
  await everythingRecorded(redis, shards);
  const over = await bring(await openDatabase(config));
  await putMoves(redis, shards, moves.slice(half));
  await waitFor('history to fall behind', () => recorder.lagMs > 1_000);
  await over();
  await everythingRecorded(redis, shards);
  const trail = new Trail(database);
  expect(await trail.trail(tag, 0, 8e15)).toEqual(keptFixes(moves));
  expect(await trail.stays(tag, 0, 8e15)).toEqual(staysOf(moves));
});

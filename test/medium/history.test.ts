import { randomUUID } from 'node:crypto';
import { register } from 'prom-client';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Config } from '../../src/config/config';
import { type Move, shardOf, type SiteModel, streamField, tagId, unitId } from '../../src/core';
import type { Database } from '../../src/database/database.module';
import { Recorder } from '../../src/history/recorder';
import { Trail } from '../../src/history/trail';
import type { RedisConnections } from '../../src/redis/redis.module';
import { keptFixes, movesOffline, staysOf } from '../support/expected-rows';
import { openDatabase, privateConfig, privateDatabase, privateRedis } from '../support/private-services';
import { everythingRecorded, putMoves } from '../support/streams';
import { twoRooms, walk } from '../support/two-rooms';
import { waitFor } from '../support/wait-for';

const shards = 4;
/** An hour ago: in a day that has a partition, or had one a moment ago. */
const start = Date.now() - 3_600_000;
const always = [0, 8e15] as const;

let model: SiteModel;
beforeAll(async () => {
  model = await twoRooms();
});

interface Bench {
  readonly config: Config;
  readonly redis: RedisConnections;
  readonly database: Database;
  readonly trail: Trail;
  readonly record: (database?: Database) => Recorder;
}

async function bench(settings: Readonly<Record<string, string>> = {}): Promise<Bench> {
  const config = privateConfig({ SHARDS: String(shards), ...settings });
  const redis = await privateRedis(config);
  const database = await privateDatabase(config);
  const record = (on: Database = database): Recorder => {
    const recorder = new Recorder(redis, on, config);
    recorder.onApplicationBootstrap();
    onTestFinished(() => recorder.beforeApplicationShutdown());
    return recorder;
  };
  return { config, redis, database, trail: new Trail(database), record };
}

const walkOf = (steps: number, from = start): readonly Move[] =>
  movesOffline(model, walk(model, tagId(`tag-${randomUUID()}`), from, steps).flat());
const tagOf = (moves: readonly Move[]): string => moves[0]?.tagId ?? '';

async function expectHistory(trail: Trail, moves: readonly Move[]): Promise<void> {
  expect(await trail.trail(tagOf(moves), ...always)).toEqual(keptFixes(moves));
  expect(await trail.stays(tagOf(moves), ...always)).toEqual(staysOf(moves));
}

async function countFixes({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from fix');
  return rows[0]?.count ?? 0;
}

test('trail and stays answer what was announced, thinned as the moves say', async () => {
  const { redis, trail, record } = await bench();
  const walks = [walkOf(90), walkOf(60), walkOf(30)];
  record();
  for (const moves of walks) await putMoves(redis, shards, moves);
  await everythingRecorded(redis, shards);
  for (const moves of walks) {
    expect(keptFixes(moves).length).toBeGreaterThan(5);
    await expectHistory(trail, moves);
  }
});

test('rooms named in any alphabet come back as they were named', async () => {
  const { redis, trail, record } = await bench();
  const named = ['Réserve 314', '病室', 'Ø🛏', 'store'];
  const moves = walkOf(90).map((move, i) => ({
    ...move,
    fix: { ...move.fix, zoneId: unitId(named[i % named.length] ?? '') },
  }));
  record();
  await putMoves(redis, shards, moves);
  await everythingRecorded(redis, shards);
  const rooms = (await trail.trail(tagOf(moves), ...always)).map(({ zoneId }) => zoneId);
  expect(rooms).toEqual(keptFixes(moves).map(({ zoneId }) => zoneId));
  expect(new Set(rooms)).toEqual(new Set(named));
});

test('a trail begins with its first instant, ends before its last, and keeps the newest when there are too many', async () => {
  const { redis, trail, record } = await bench();
  const moves = walkOf(60);
  const fixes = keptFixes(moves);
  const [second, third] = [fixes[1]?.at ?? 0, fixes[2]?.at ?? 0];
  record();
  await putMoves(redis, shards, moves);
  await everythingRecorded(redis, shards);
  expect(await trail.trail(tagOf(moves), second, third)).toEqual(fixes.slice(1, 2));
  expect(await trail.trail(tagOf(moves), 0, 8e15, 3)).toEqual(fixes.slice(-3));
  expect(await trail.trail('nobody', ...always)).toEqual([]);
  expect(await trail.lastFixes([tagOf(moves), 'nobody'], 0)).toEqual(fixes.slice(-1));
  expect(await trail.lastFixes([tagOf(moves)], (fixes.at(-1)?.at ?? 0) + 1)).toEqual([]);
});

test('stays are those that touch the time asked for, the open one included', async () => {
  const { redis, trail, record } = await bench();
  const moves = walkOf(70);
  const stays = staysOf(moves);
  const [first, second] = stays;
  if (first?.leftAt === undefined || first.leftAt === null || second === undefined)
    throw new Error('The walk is too short for two stays');
  record();
  await putMoves(redis, shards, moves);
  await everythingRecorded(redis, shards);
  expect(await trail.stays(tagOf(moves), 0, first.enteredAt)).toEqual([]);
  expect(await trail.stays(tagOf(moves), 0, first.enteredAt + 1)).toEqual([first]);
  expect(await trail.stays(tagOf(moves), first.leftAt, second.enteredAt + 1)).toEqual([second]);
  expect((await trail.stays(tagOf(moves), 8e15 - 1, 8e15)).map((stay) => stay.leftAt)).toEqual([null]);
});

test('a tag that falls silent leaves its room', async () => {
  const { redis, trail, record } = await bench();
  const moves = walkOf(10);
  const last = moves.at(-1);
  if (last === undefined) throw new Error('No move');
  const at = last.fix.at + 500;
  const silent: Move = { ...last, keep: false, presence: null, changes: [{ type: 'silent', at }] };
  record();
  await putMoves(redis, shards, [...moves, silent]);
  await everythingRecorded(redis, shards);
  expect((await trail.stays(tagOf(moves), ...always)).at(-1)?.leftAt).toBe(at);
});

test('a recorder that dies between its rows and its position writes them once all the same', async () => {
  const { redis, database, trail, record } = await bench();
  await database.pool.query(`
    create table break (armed boolean);
    insert into break values (true);
    create function fail() returns trigger language plpgsql as
      $$ begin if exists (select from break) then raise exception 'the process died here'; end if; return new; end $$;
    create trigger dies before update on history_position for each row execute function fail();`);
  const moves = walkOf(60);
  const recorder = record();
  await putMoves(redis, shards, moves);
  await waitFor('the first attempt to fail', () => recorder.lagMs > 0);
  expect(await countFixes(database)).toBe(0);
  await database.pool.query('delete from break');
  await everythingRecorded(redis, shards);
  await expectHistory(trail, moves);
});

test('a recorder that starts again goes on where its rows end', async () => {
  const { redis, database, trail, record } = await bench();
  const moves = walkOf(80);
  const first = record();
  await putMoves(redis, shards, moves.slice(0, 40));
  await everythingRecorded(redis, shards);
  await first.beforeApplicationShutdown();
  await putMoves(redis, shards, moves.slice(40));
  // As when the process died after the database had the rows and before Redis was told.
  await redis.commands.del(redis.keys.shard(shardOf(tagId(tagOf(moves)), shards)).recorded);
  record();
  await everythingRecorded(redis, shards);
  await expectHistory(trail, moves);
  expect(await countFixes(database)).toBe(keptFixes(moves).length);
});

test('two recorders at once write nothing twice', async () => {
  const { config, redis, database, trail, record } = await bench();
  const walks = [walkOf(90), walkOf(90)];
  record();
  record(await openDatabase(config));
  for (const moves of walks) await putMoves(redis, shards, moves);
  await everythingRecorded(redis, shards);
  for (const moves of walks) await expectHistory(trail, moves);
  expect(await countFixes(database)).toBe(walks.flatMap(keptFixes).length);
});

/** TimescaleDB's columnstore takes days over when they are a day old: here at once. */
async function compress({ kind, pool }: Database): Promise<void> {
  if (kind === 'timescale') await pool.query(`select compress_chunk(c) from show_chunks('fix') c`);
}

test('moves announced again by a Redis that lost its last second change nothing', async () => {
  const { redis, database, trail, record } = await bench();
  const moves = walkOf(60);
  record();
  await putMoves(redis, shards, moves);
  await everythingRecorded(redis, shards);
  await compress(database);
  for (const again of [moves.slice(20), moves.slice(55)]) {
    await putMoves(redis, shards, again);
    await everythingRecorded(redis, shards);
  }
  await expectHistory(trail, moves);
});

test('what is no move is put aside and stops nothing', async () => {
  const { redis, trail, record } = await bench({ SHARDS: '1' });
  const moves = walkOf(30);
  const [first] = moves;
  if (first === undefined) throw new Error('No move');
  const { commands, keys } = redis;
  record();
  await putMoves(redis, 1, moves.slice(0, 10));
  for (const poison of [
    'not json',
    JSON.stringify({ ...first, tagId: 'nul\0' }),
    JSON.stringify({ ...first, fix: { ...first.fix, x: 1e300 } }),
    JSON.stringify({ ...first, fix: { ...first.fix, at: null } }),
  ]) {
    await commands.xadd(keys.shard(0).moves, '*', streamField, poison);
  }
  await putMoves(redis, 1, moves.slice(10));
  await everythingRecorded(redis, 1);
  await expectHistory(trail, moves);
  const letters = await commands.xrange(keys.dead, '-', '+');
  expect(letters.map(([, fields]) => fields[5])).toEqual(Array.from({ length: 4 }, () => 'not-a-move'));
});

test('moves that were gone before history read them are counted as a gap, and what is left is written', async () => {
  const { redis, trail, record } = await bench({ SHARDS: '1' });
  const moves = walkOf(60);
  const gapsBefore = await counted('whereabouts_history_gaps_total');
  const first = record();
  await putMoves(redis, 1, moves.slice(0, 20));
  await everythingRecorded(redis, 1);
  await first.beforeApplicationShutdown();
  await putMoves(redis, 1, moves.slice(20));
  await redis.commands.xtrim(redis.keys.shard(0).moves, 'MAXLEN', 10);
  record();
  await everythingRecorded(redis, 1);
  expect((await counted('whereabouts_history_gaps_total')) - gapsBefore).toBe(1);
  const left = [...moves.slice(0, 20), ...moves.slice(-10)];
  expect(await trail.trail(tagOf(moves), ...always)).toEqual(keptFixes(left));
});

async function counted(name: string): Promise<number> {
  const { values } = (await register.getSingleMetric(name)?.get()) ?? { values: [] };
  return values.reduce((sum, { value }) => sum + value, 0);
}

test('rows of any day are taken: long past, far ahead, and around midnight', async () => {
  const { redis, trail, record } = await bench({ FIX_RETENTION_DAYS: '36500' });
  const day = 86_400_000;
  const midnight = Math.floor(Date.now() / day) * day;
  record();
  for (const from of [Date.UTC(2001, 0, 1), midnight - 40 * day, midnight - 5_000, Date.now() + 30 * day]) {
    const moves = walkOf(20, from);
    await putMoves(redis, shards, moves);
    await everythingRecorded(redis, shards);
    await expectHistory(trail, moves);
  }
});

import { randomUUID } from 'node:crypto';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Config } from '../../src/config/config';
import {
  advance,
  type Move,
  packSightings,
  type Sighting,
  shardOf,
  type SiteModel,
  streamField,
  tagId,
  trackVersion,
} from '../../src/core';
import type { RedisConnections } from '../../src/redis/redis.module';
import { advanceEntries } from '../../src/tracking/advance-shard';
import { type Pace, Tracker } from '../../src/tracking/tracker';
import { privateConfig, privateRedis } from '../support/private-services';
import { movesOf, putSightings, sightingsWaiting, tracksOf } from '../support/streams';
import { heardAt, twoRooms, walk } from '../support/two-rooms';
import { waitFor } from '../support/wait-for';

const shards = 4;
let model: SiteModel;
beforeAll(async () => {
  model = await twoRooms();
});

interface Bench {
  readonly config: Config;
  readonly redis: RedisConnections;
  readonly start: (pace?: Partial<Pace>) => Tracker;
}

async function bench(settings: Readonly<Record<string, string>> = {}): Promise<Bench> {
  const config = privateConfig({ SHARDS: String(shards), SILENT_AFTER_S: '3600', ...settings });
  const redis = await privateRedis(config);
  const start = (pace: Partial<Pace> = {}): Tracker => {
    const tracker = new Tracker(redis, config, { model }, { leaseMs: 600, blockMs: 50, saveMs: 50, ...pace });
    tracker.onApplicationBootstrap();
    onTestFinished(() => tracker.beforeApplicationShutdown());
    return tracker;
  };
  return { config, redis, start };
}

const newTag = () => tagId(`tag-${randomUUID()}`);
const everythingTracked = (redis: RedisConnections) =>
  waitFor('all sightings to be consumed', async () => (await sightingsWaiting(redis, shards)) === 0);
const offline = (walked: readonly Sighting[][]): Move[] => [
  ...advance(null, walked.flat(), Date.now() + 3_600_000, model).moves,
];
/** `at` in the past, so that nothing comes from the future. */
const start = Date.now() - 600_000;

test('the moves of each tag are those of the engine, in order, however many tags move at once', async () => {
  const { redis, start: run } = await bench();
  run({ entries: 7 });
  const walks = Array.from({ length: 6 }, () => walk(model, newTag(), start, 30));
  for (let step = 0; step < 30; step++)
    await putSightings(
      redis,
      shards,
      walks.flatMap((walked) => walked[step] ?? []),
    );
  await everythingTracked(redis);
  const moves = await movesOf(redis, shards);
  for (const walked of walks) {
    expect(moves.filter((move) => move.tagId === walked[0]?.[0]?.tagId)).toEqual(offline(walked));
  }
});

test('tracks are saved with how far they reach, and sightings before that are gone', async () => {
  const { redis, start: run } = await bench();
  const tag = newTag();
  const keys = redis.keys.shard(shardOf(tag, shards));
  await putSightings(redis, shards, walk(model, tag, start, 5).flat());
  const [last] = await redis.commands.xrevrange(keys.sightings, '+', '-', 'COUNT', 1);
  run();
  await everythingTracked(redis);
  expect(await redis.commands.hget(keys.cursor, 'entry')).toBe(last?.[0]);
  await waitFor('the track to be saved', async () => (await redis.commands.hget(keys.cursor, 'tracked')) === last?.[0]);
  expect((await tracksOf(redis, shards, model)).get(tag)?.newestAt).toBe(start + 4_000);
  expect(await redis.commands.xlen(keys.sightings)).toBe(0);
});

test('a worker that dies between two saves is taken over as if nothing had happened, and announces nothing twice', async () => {
  const { redis, start: run } = await bench({ SHARDS: '1' });
  const { sightings, lease } = redis.keys.shard(0);
  const walks = [walk(model, newTag(), start, 40), walk(model, newTag(), start, 40)];
  const step = (from: number, to: number) => walks.flatMap((walked) => walked.slice(from, to)).flat();
  // Never saves after its first batch, and never renews.
  const dying = run({ saveMs: 3_600_000, leaseMs: 3_600_000, entries: 5 });
  await putSightings(redis, 1, step(0, 20));
  await waitFor('all sightings to be consumed', async () => (await sightingsWaiting(redis, 1)) === 0);
  expect(await redis.commands.xlen(sightings)).toBeGreaterThan(5);
  await redis.commands.set(lease, 'another:1');
  await putSightings(redis, 1, step(20, 40));
  await waitFor('the dying worker to see that it lost the shard', () => dying.shards.length === 0);
  await redis.commands.del(lease);
  run({ entries: 7 });
  await waitFor('all sightings to be consumed', async () => (await sightingsWaiting(redis, 1)) === 0);
  const moves = await movesOf(redis, 1);
  for (const walked of walks) {
    expect(moves.filter((move) => move.tagId === walked[0]?.[0]?.tagId)).toEqual(offline(walked));
  }
});

test('a sighting from the future is dropped', async () => {
  const { redis, start: run } = await bench();
  const tag = newTag();
  run();
  await putSightings(redis, shards, heardAt(model, tag, [5, 6], Date.now() + 60_000));
  await everythingTracked(redis);
  expect(await movesOf(redis, shards)).toEqual([]);
});

test('a worker that takes over goes on as if nothing had happened', async () => {
  const { redis, start: run } = await bench();
  const tag = newTag();
  const walked = walk(model, tag, start, 40);
  const first = run();
  await putSightings(redis, shards, walked.slice(0, 20).flat());
  await everythingTracked(redis);
  await first.beforeApplicationShutdown();
  await putSightings(redis, shards, walked.slice(20).flat());
  run();
  await everythingTracked(redis);
  expect(await movesOf(redis, shards)).toEqual(offline(walked));
});

test('two workers share the shards; when one stops the other has them all', async () => {
  const { start: run } = await bench();
  const first = run();
  await waitFor('the first worker to hold all shards', () => first.shards.length === shards);
  const second = run();
  await waitFor('each to hold half', () => first.shards.length === shards / 2 && second.shards.length === shards / 2);
  expect([...first.shards, ...second.shards].sort()).toEqual([0, 1, 2, 3]);
  await first.beforeApplicationShutdown();
  await waitFor('the second to hold all shards', () => second.shards.length === shards);
});

test('a worker that dies without a word is replaced when its leases end', async () => {
  const { redis, start: run } = await bench();
  for (let shard = 0; shard < shards; shard++) {
    await redis.commands.set(redis.keys.shard(shard).lease, 'dead-worker:1', 'PX', 300);
  }
  const tracker = run();
  await waitFor('the leases to be taken over', () => tracker.shards.length === shards);
});

test('a worker that has lost its shard cannot write', async () => {
  const { redis, start: run } = await bench();
  const tag = newTag();
  const shard = shardOf(tag, shards);
  const keys = redis.keys.shard(shard);
  // Renews only after an hour: it goes on believing that it holds what was taken from it.
  const tracker = run({ leaseMs: 3_600_000 });
  await waitFor('the shard to be held', () => tracker.shards.includes(shard));
  await redis.commands.set(keys.lease, 'another-worker:1', 'PX', 600_000);
  await putSightings(redis, shards, walk(model, tag, start, 3).flat());
  await waitFor('the worker to see that it lost the shard', () => !tracker.shards.includes(shard));
  expect(await sightingsWaiting(redis, shards)).toBe(3 * model.gateways.length);
  expect(await redis.commands.exists(keys.tracks, keys.moves, keys.cursor)).toBe(0);
});

test('an entry that is no sightings is put aside with its reason and stops nothing', async () => {
  const { redis, start: run } = await bench();
  const tag = newTag();
  const { sightings } = redis.keys.shard(shardOf(tag, shards));
  const walked = walk(model, tag, start, 10);
  await putSightings(redis, shards, walked.slice(0, 5).flat());
  for (const poison of ['{"no":"sightings"', '[["gw",1,"tag"]]', '[]']) {
    await redis.commands.xadd(sightings, '*', streamField, poison);
  }
  await redis.commands.xadd(sightings, '*', 'other', 'field');
  await putSightings(redis, shards, walked.slice(5).flat());
  run();
  await everythingTracked(redis);
  expect(await movesOf(redis, shards)).toEqual(offline(walked));
  const letters = await redis.commands.xrange(redis.keys.dead, '-', '+');
  expect(letters.map(([, fields]) => fields.slice(0, 6))).toEqual(
    Array.from({ length: 4 }, () => ['door', 'tracking', 'address', sightings, 'reason', 'not-sightings']),
  );
  expect(Buffer.from(letters[0]?.[1].at(-1) ?? '', 'base64').toString()).toBe('{"no":"sightings"');
});

test.each([
  ['torn', '{"torn'],
  ['left by another version of the engine', Buffer.from([trackVersion + 1, 0, 0])],
  ['left by an engine that wrote text', '{"version":3}'],
])('a track that is %s is forgotten and its tag starts anew', async (_what, stored) => {
  const { redis, start: run } = await bench();
  const tag = newTag();
  await redis.commands.hset(redis.keys.shard(shardOf(tag, shards)).tracks, tag, stored);
  const walked = walk(model, tag, start, 5);
  await putSightings(redis, shards, walked.flat());
  run();
  await everythingTracked(redis);
  expect(await movesOf(redis, shards)).toEqual(offline(walked));
});

test('a sighting on which the engine fails is put aside, and its tag starts anew while others go on', () => {
  const [tag, other] = [newTag(), newTag()];
  const [before, ...walked] = walk(model, tag, start, 5);
  const otherWalk = walk(model, other, start, 5);
  const { track } = advance(null, before ?? [], Infinity, model);
  const heard = [...walked.flat(), ...otherWalk.flat()];
  const entries = heard.map((sighting, i) => ({
    id: `${start + 60_000}-${i}`,
    bytes: packSightings([sighting]),
  }));
  // A track that cannot be worked on.
  const tracks = new Map(track === null ? [] : [[tag, Object.freeze(track)]]);
  const { moves, poisoned, ended, changed } = advanceEntries(entries, tracks, model);
  expect(moves.filter((move) => move.tagId === tag)).toEqual(offline([walked.flat().slice(1)]));
  expect(moves.filter((move) => move.tagId === other)).toEqual(offline(otherWalk));
  expect(poisoned.map(({ reason }) => reason)).toEqual(['engine-failed']);
  expect([...ended]).toEqual([]);
  expect([...changed.keys()].sort()).toEqual([tag, other].sort());
});

test('a silent tag is told once, as left and silent, and nothing of it stays', async () => {
  const { redis, start: run } = await bench({ SILENT_AFTER_S: '0.5' });
  const tag = newTag();
  const now = Date.now();
  await putSightings(redis, shards, heardAt(model, tag, [5, 6], now));
  run();
  const last = await waitFor('the tag to fall silent', async () =>
    (await movesOf(redis, shards)).find((move) => move.changes.some((change) => change.type === 'silent')),
  );
  expect(last).toMatchObject({
    tagId: tag,
    presence: null,
    changes: [
      { type: 'left', zoneId: 'west', at: now },
      { type: 'silent', at: now },
    ],
  });
  expect(await tracksOf(redis, shards, model)).toEqual(new Map());
});

test('moves that history has recorded go after a minute, the others stay', async () => {
  const { redis, start: run } = await bench({ SHARDS: '1' });
  const { moves, recorded } = redis.keys.shard(0);
  const old = Date.now() - 120_000;
  for (let i = 0; i < 1_000; i++) await redis.commands.xadd(moves, `${old + i}-0`, streamField, '{}');
  await redis.commands.set(recorded, `${old + 499}-0`);
  run();
  await putSightings(redis, 1, heardAt(model, newTag(), [5, 6], start));
  await waitFor('recorded moves to be trimmed', async () => (await redis.commands.xlen(moves)) < 1_000);
  const [first] = await redis.commands.xrange(moves, '-', '+', 'COUNT', 1);
  const firstKept = Number(first?.[0].split('-')[0]) - old;
  expect(firstKept).toBeGreaterThan(300);
  expect(firstKept).toBeLessThanOrEqual(499);
});

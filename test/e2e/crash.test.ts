import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type SiteModel, tagId, type TagId } from '../../src/core';
import { freePort } from '../../src/embedded/free-port';
import { startPostgres } from '../../src/embedded/postgres';
import { startRedis } from '../../src/embedded/redis';
import { Trail } from '../../src/history/trail';
import type { RedisConnections } from '../../src/redis/redis.module';
import { keptFixes, movesOffline, staysOf } from '../support/expected-rows';
import { type OwnServer, ownServer } from '../support/own-server';
import { openDatabase, privateConfig, privateRedis } from '../support/private-services';
import { buildServer, RoleProgram } from '../support/role-program';
import { everythingRecorded, sightingsWaiting } from '../support/streams';
import { StubbornSender } from '../support/stubborn-sender';
import { twoRooms, twoRoomsDir } from '../support/two-rooms';
import { waitFor } from '../support/wait-for';

/** How long Redis and PostgreSQL stay away. `OUTAGE_S=60` makes it the minute it may be in earnest. */
const outageMs = Number(process.env.OUTAGE_S ?? '3') * 1_000;
const shards = 4;
const tags = Array.from({ length: 10 }, (_, i) => tagId(`ac233fa10${String(i).padStart(3, '0')}`));

interface House {
  readonly redis: OwnServer;
  readonly postgres: OwnServer;
  /** The doors. */
  readonly door: RoleProgram;
  /** Tracking and recording. */
  readonly worker: RoleProgram;
}

const restart = async (program: RoleProgram): Promise<void> => {
  await program.kill();
  program.start();
};

const faults: readonly (readonly [name: string, bring: (house: House) => Promise<void>])[] = [
  ['tracking and history killed', ({ worker }) => restart(worker)],
  ['the doors killed', ({ door }) => restart(door)],
  ['Redis stopped', ({ redis }) => outage(redis.stop, [redis])],
  ['PostgreSQL stopped', ({ postgres }) => outage(postgres.stop, [postgres])],
  ['Redis killed', ({ redis }) => outage(redis.kill, [redis])],
  ['PostgreSQL killed', ({ postgres }) => outage(postgres.kill, [postgres])],
  [
    'tracking and history killed while PostgreSQL is away',
    async ({ postgres, worker }) => {
      await postgres.stop();
      await restart(worker);
      await postgres.start();
    },
  ],
  [
    'everything killed at once',
    async ({ redis, postgres, door, worker }) => {
      await Promise.all([redis.kill(), postgres.kill(), door.kill(), worker.kill()]);
      await Promise.all([redis.start(), postgres.start()]);
      door.start();
      worker.start();
    },
  ],
];

async function outage(end: () => Promise<void>, servers: readonly OwnServer[]): Promise<void> {
  await end();
  await wait(outageMs);
  for (const server of servers) await server.start();
}

test(
  'whatever is stopped or killed in mid-stream, history has every acknowledged sighting once',
  async () => {
    buildServer();
    const model = await twoRooms();
    const [redis, postgres, port] = await Promise.all([ownServer(startRedis), ownServer(startPostgres), freePort()]);
    const config = privateConfig({
      REDIS_URL: redis.url,
      DATABASE_URL: postgres.url,
      SHARDS: String(shards),
      SILENT_AFTER_S: '3600',
      SITE_DIR: twoRoomsDir,
      KEY_PREFIX: '',
      DATABASE_SCHEMA: 'public',
    });
    const connections = await privateRedis(config);
    await connections.commands.hset(connections.keys.enrolledTags, new Map(tags.map((tag) => [tag, 'asset'])));
    const settings = {
      REDIS_URL: redis.url,
      DATABASE_URL: postgres.url,
      SHARDS: String(shards),
      SILENT_AFTER_S: '3600',
      SITE_DIR: twoRoomsDir,
      GATEWAY_MESSAGES_PER_S: '1000',
    };
    const door = new RoleProgram({ ...settings, ROLES: 'ingest', PORT: String(port) });
    const worker = new RoleProgram({ ...settings, ROLES: 'track,record' });
    onTestFinished(({ task }) => {
      if (task.result?.state === 'fail') process.stderr.write(`${door.said}\n${worker.said}\n`);
    });
    door.start();
    worker.start();
    const sender = new StubbornSender(`http://127.0.0.1:${port}`, model, tags);
    const sending = sender.run();
    await bringFaults({ redis, postgres, door, worker }, sender);
    sender.stop();
    await sending;
    await everythingArrived(connections);
    const trail = new Trail(await openDatabase(config));
    const rows = await compare(trail, sender, model);
    process.stdout.write(
      `${sender.acknowledged.length} sightings acknowledged in ${sender.messages} messages, ${sender.failures} attempts ` +
        `refused or cut off, ${faults.length} faults: ${rows.fixes} fixes and ${rows.stays} stays, as the engine alone makes them\n`,
    );
  },
  180_000 + 6 * outageMs,
);

async function bringFaults(house: House, sender: StubbornSender): Promise<void> {
  for (const [name, bring] of faults) {
    await moreMessages(sender, 60, `after what came before "${name}"`);
    await bring(house);
  }
  await moreMessages(sender, 120, 'after the last fault');
}

/** In mid-stream means: messages are being acknowledged before and after. */
async function moreMessages(sender: StubbornSender, count: number, when: string): Promise<void> {
  const wanted = sender.messages + count;
  await waitFor(`${count} more messages to be acknowledged ${when}`, () => sender.messages >= wanted, 60_000);
}

async function everythingArrived(redis: RedisConnections): Promise<void> {
  await waitFor('all sightings to be tracked', async () => (await sightingsWaiting(redis, shards)) === 0, 30_000);
  await everythingRecorded(redis, shards);
}

/** History must be, row by row, what the engine alone makes of the acknowledged sightings. */
async function compare(
  trail: Trail,
  sender: StubbornSender,
  model: SiteModel,
): Promise<{ readonly fixes: number; readonly stays: number }> {
  const total = { fixes: 0, stays: 0 };
  for (const tag of tags) {
    const expected = expectedOf(tag, sender, model);
    const fixes = await trail.trail(tag, 0, 8e15);
    const stays = await trail.stays(tag, 0, 8e15);
    expect(fixes).toEqual(expected.fixes);
    expect(stays).toEqual(expected.stays);
    expect(fixes.length).toBeGreaterThan(5);
    total.fixes += fixes.length;
    total.stays += stays.length;
  }
  return total;
}

function expectedOf(tag: TagId, sender: StubbornSender, model: SiteModel) {
  const moves = movesOffline(
    model,
    sender.acknowledged.filter((sighting) => sighting.tagId === tag),
  );
  return { fixes: keptFixes(moves), stays: staysOf(moves) };
}

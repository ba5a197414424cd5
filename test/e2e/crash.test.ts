import { expect, onTestFinished, test } from 'vitest';
import { type SiteModel, tagId, type TagId } from '../../src/core';
import { freePort } from '../../src/embedded/free-port';
import { startPostgres } from '../../src/embedded/postgres';
import { startRedis } from '../../src/embedded/redis';
import { Trail } from '../../src/history/trail';
import type { RedisConnections } from '../../src/redis/redis.module';
import { keptFixes, movesOffline, staysOf } from '../support/expected-rows';
import { countRows, type FaultRow, keepTable } from '../support/fault-table';
import { faults, gatewayMessagesPerS, type House, oddTag, outageMs, shards } from '../support/faults';
import { ownCluster, ownServer } from '../support/own-server';
import { openDatabase, privateConfig, privateRedis } from '../support/private-services';
import { buildServer, RoleProgram } from '../support/role-program';
import { everythingRecorded, sightingsWaiting } from '../support/streams';
import { StubbornSender } from '../support/stubborn-sender';
import { twoRooms, twoRoomsDir } from '../support/two-rooms';
import { waitFor } from '../support/wait-for';

const tags = Array.from({ length: 10 }, (_, i) => tagId(`ac233fa10${String(i).padStart(3, '0')}`));

test(
  'whatever is stopped or killed in mid-stream, history has every acknowledged sighting once',
  async () => {
    const startedAt = Date.now();
    buildServer();
    const model = await twoRooms();
    const isCluster = process.env.TEST_REDIS === 'cluster';
    const ownRedis = isCluster ? ownCluster() : ownServer(startRedis);
    const [redis, postgres, port] = await Promise.all([ownRedis, ownServer(startPostgres), freePort()]);
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
    const enrolled = [...tags, oddTag].map((tag) => [tag, 'asset'] as const);
    await connections.commands.hset(connections.keys.enrolledTags, new Map(enrolled));
    const database = await openDatabase(config);
    const settings = {
      REDIS_URL: redis.url,
      DATABASE_URL: postgres.url,
      SHARDS: String(shards),
      SILENT_AFTER_S: '3600',
      SITE_DIR: twoRoomsDir,
      GATEWAY_MESSAGES_PER_S: String(gatewayMessagesPerS),
    };
    const door = new RoleProgram({ ...settings, ROLES: 'ingest', PORT: String(port) });
    const tracker = new RoleProgram({ ...settings, ROLES: 'track' });
    const recorder = new RoleProgram({ ...settings, ROLES: 'record' });
    const programs = [door, tracker, recorder];
    onTestFinished(({ task }) => {
      if (task.result?.state === 'fail') for (const { said } of programs) process.stderr.write(`${said}\n`);
    });
    for (const program of programs) program.start();
    const sender = new StubbornSender(`http://127.0.0.1:${port}`, model, tags, model.gateways.length - 1);
    const sending = sender.run();
    const doorUrl = `http://127.0.0.1:${port}`;
    const oddGateway = model.gateways.at(-1)?.id ?? '';
    const house = { connections, doorUrl, redis, postgres, door, tracker, recorder, database, oddGateway };
    const brought = await bringFaults(house, sender);
    sender.stop();
    await sending;
    await everythingArrived(connections);
    const trail = new Trail(database);
    const odd = await trail.trail(oddTag, 0, 8e15);
    expect(odd.filter(({ at }) => at > Date.now() || at < startedAt)).toEqual([]);
    const rows = await compare(trail, sender, model);
    await keepTable(await rowsOfFaults(brought, { trail, sender, model }), outageMs / 1000);
    process.stdout.write(
      `${sender.acknowledged.length} sightings acknowledged in ${sender.messages} messages, ${sender.failures} attempts ` +
        `refused or cut off, ${faults.length} faults: ${rows.fixes} fixes and ${rows.stays} stays, as the engine alone makes them\n`,
    );
  },
  900_000 + 8 * outageMs,
);

/** One fault as it went. */
interface Brought {
  readonly fault: string;
  /** Epoch ms. */
  readonly from: number;
  readonly refused: number;
  readonly doorBackS: number;
  readonly historyBackS: number;
}

async function bringFaults(house: House, sender: StubbornSender): Promise<Brought[]> {
  const brought: Brought[] = [];
  for (const [fault, bring] of faults) {
    await moreMessages(sender, 60, `after what came before "${fault}"`);
    const [from, failures] = [Date.now(), sender.failures];
    await bring(house);
    const over = Date.now();
    await moreMessages(sender, 1, `after "${fault}"`);
    const doorBackS = (Date.now() - over) / 1000;
    await recordedSince(house.connections, Date.now(), fault);
    const historyBackS = (Date.now() - over) / 1000;
    brought.push({ fault, from, refused: sender.failures - failures, doorBackS, historyBackS });
  }
  await moreMessages(sender, 120, 'after the last fault');
  return brought;
}

/** History has something that was announced after an instant. */
async function recordedSince({ commands, keys }: RedisConnections, instant: number, fault: string): Promise<void> {
  await waitFor(
    `history to have what came after "${fault}"`,
    async () => {
      for (let shard = 0; shard < shards && commands.status === 'ready'; shard++) {
        // Away: asked again.
        const recorded = await commands.get(keys.shard(shard).recorded).catch(() => null);
        if (recorded !== null && parseInt(recorded, 10) >= instant) return true;
      }
      return false;
    },
    120_000,
  );
}

interface Compared {
  readonly trail: Trail;
  readonly sender: StubbornSender;
  readonly model: SiteModel;
}

/** The rows due and those there, fault by fault. */
async function rowsOfFaults(brought: readonly Brought[], { trail, sender, model }: Compared): Promise<FaultRow[]> {
  const due: { at: number; name: string }[] = [];
  const stored: { at: number; name: string }[] = [];
  for (const tag of tags) {
    due.push(...expectedOf(tag, sender, model).fixes.map(({ at }) => ({ at, name: `${tag} ${at}` })));
    stored.push(...(await trail.trail(tag, 0, 8e15)).map(({ at }) => ({ at, name: `${tag} ${at}` })));
  }
  return brought.map(({ from, ...rest }, i) => {
    const until = brought[i + 1]?.from ?? Infinity;
    const within = ({ at }: { readonly at: number }): boolean => at >= from && at < until;
    const names = (rows: readonly { at: number; name: string }[]) => rows.filter(within).map(({ name }) => name);
    const acknowledged = sender.acknowledged.filter(({ heardAt }) => within({ at: heardAt })).length;
    return { ...rest, acknowledged, ...countRows(names(due), names(stored)) };
  });
}

/** In mid-stream means: messages are being acknowledged before and after. */
async function moreMessages(sender: StubbornSender, count: number, when: string): Promise<void> {
  const wanted = sender.messages + count;
  await waitFor(`${count} more messages to be acknowledged ${when}`, () => sender.messages >= wanted, 120_000);
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

import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { tagId } from '../../src/core';
import type { Database } from '../../src/database/database.module';
import type { RedisConnections } from '../../src/redis/redis.module';
import type { OwnServer } from './own-server';
import type { RoleProgram } from './role-program';

/** How long Redis and PostgreSQL stay away. `OUTAGE_S=120` makes it the two minutes it may be in earnest. */
export const outageMs = Number(process.env.OUTAGE_S ?? '3') * 1_000;
export const shards = 4;
/** What one gateway may send. */
export const gatewayMessagesPerS = 300;
/** Heard by the odd gateway alone. */
export const oddTag = tagId('ac233fa10fff');

/** The service under load, and all that can be taken from it. */
export interface House {
  readonly connections: RedisConnections;
  readonly doorUrl: string;
  readonly redis: OwnServer;
  readonly postgres: OwnServer;
  readonly door: RoleProgram;
  readonly tracker: RoleProgram;
  readonly recorder: RoleProgram;
  readonly database: Database;
  /** The gateway the steady sender does not speak for. */
  readonly oddGateway: string;
}

const restart = async (program: RoleProgram): Promise<void> => {
  await program.kill();
  program.start();
};

/** What is done to it, in turn. */
const all: readonly (readonly [name: string, bring: (house: House) => Promise<unknown>])[] = [
  ['the doors killed', ({ door }) => restart(door)],
  ['tracking killed', ({ tracker }) => restart(tracker)],
  ['history killed', ({ recorder }) => restart(recorder)],
  ['all three restarted in turn, as for an upgrade', rollOver],
  ['Redis stopped', ({ redis }) => outage(redis.stop, [redis])],
  ['PostgreSQL stopped', ({ postgres }) => outage(postgres.stop, [postgres])],
  ['Redis killed', ({ redis }) => outage(redis.kill, [redis])],
  ['PostgreSQL killed', ({ postgres }) => outage(postgres.kill, [postgres])],
  [
    'tracking and history killed while PostgreSQL is away',
    async ({ postgres, tracker, recorder }) => {
      await postgres.stop();
      await Promise.all([restart(tracker), restart(recorder)]);
      await postgres.start();
    },
  ],
  ['no room on the disk of PostgreSQL', fillDisk],
  ['history is held up by a lock', holdUp],
  ['another worker takes every shard', takeLeases],
  ['poisoned messages and entries', poison],
  ['the clock of a gateway jumps an hour and back', stepClock],
  ['a stranger floods the door', ({ doorUrl }) => flood(doorUrl, 'nobody')],
  ['a known gateway floods the door tenfold', floodAsKnown],
  [
    'everything killed at once',
    async ({ redis, postgres, ...roles }) => {
      const programs = [roles.door, roles.tracker, roles.recorder];
      await Promise.all([redis.kill(), postgres.kill(), ...programs.map((program) => program.kill())]);
      await Promise.all([redis.start(), postgres.start()]);
      for (const program of programs) program.start();
    },
  ],
];

/** Brought only when all are asked for: the others are enough for every day. */
const inEarnest = ['history killed', 'all three', 'no room', 'held up', 'clock', 'known gateway'];

/** `FAULTS=all` brings all, `FAULTS=clock,flood` those whose name has one of the words; unset: the everyday ones. */
const wanted = process.env.FAULTS ?? '';
const has = (words: readonly string[], name: string): boolean => words.some((word) => name.includes(word));
export const faults = all.filter(([name]) => {
  if (wanted === '') return !has(inEarnest, name);
  return wanted === 'all' || has(wanted.split(','), name);
});

/** Each is told to stop, ends what it has in hand, and is started again before the next one. */
async function rollOver({ door, tracker, recorder }: House): Promise<void> {
  for (const program of [door, tracker, recorder]) {
    await program.stop();
    program.start();
  }
}

/** As PostgreSQL answers when a table cannot grow: SQLSTATE 53100, at every row of history. */
async function fillDisk({ database: { pool } }: House): Promise<void> {
  await pool.query(`create function no_room() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$`);
  await pool.query('create trigger no_room before insert on stay execute function no_room()');
  await pool.query('create trigger no_room before update on history_position execute function no_room()');
  await wait(outageMs);
  await pool.query('drop function no_room() cascade');
}

/** A consumer that takes nothing for a while. */
async function holdUp({ database: { pool } }: House): Promise<void> {
  const client = await pool.connect();
  await client.query('begin; lock table history_position in access exclusive mode');
  await wait(outageMs);
  await client.query('rollback');
  client.release();
}

/** One gateway's times lie an hour ahead, then a day behind, then are right again. */
async function stepClock({ doorUrl, oddGateway }: House): Promise<void> {
  for (const offMs of [0, 3_600_000, -86_400_000, 0]) {
    for (let sent = 0; sent < 20; sent++) {
      const sightings = [{ tagId: oddTag, rssi: -60, heardAt: Date.now() + offMs }];
      const body = JSON.stringify({ sightings });
      await (await fetch(`${doorUrl}/api/gateways/${oddGateway}/messages`, { method: 'POST', body })).text();
    }
  }
}

/** Tracking is made to believe that it still holds what another worker took. */
async function takeLeases({ connections: { commands, keys } }: House): Promise<void> {
  for (let shard = 0; shard < shards; shard++) await commands.set(keys.shard(shard).lease, 'another:1', 'PX', 2_000);
}

/** What no decoder and no engine can use, at the door and in the streams. */
async function poison({ connections: { commands, keys }, doorUrl }: House): Promise<void> {
  for (const body of ['{"sightings":[{"tagId"', '[]', '{"sightings":7}', '\u0000\u00ff']) {
    await fetch(`${doorUrl}/api/gateways/gw-1/messages`, { method: 'POST', body });
  }
  for (let shard = 0; shard < shards; shard++) {
    await commands.xadd(keys.shard(shard).sightings, '*', 'b', '[["gw",1,"tag"]]');
    await commands.xadd(keys.shard(shard).moves, '*', 'b', '[{"no":"move"}]');
  }
}

/** However fast this machine floods, no more gets through than the burst and what the time allows. */
async function floodAsKnown({ doorUrl, oddGateway }: House): Promise<void> {
  const startedAt = performance.now();
  const taken = 10 * gatewayMessagesPerS - (await flood(doorUrl, oddGateway));
  const allowedS = 2 + (performance.now() - startedAt) / 1_000;
  expect(taken).toBeLessThanOrEqual(Math.ceil(allowedS * gatewayMessagesPerS));
}

/** Ten times what a gateway may send, from one the others must not feel. Gives how many were refused as a flood. */
async function flood(doorUrl: string, gateway: string): Promise<number> {
  const send = async (): Promise<number> => {
    const request = { method: 'POST', body: '{"sightings":[]}' };
    const response = await fetch(`${doorUrl}/api/gateways/${gateway}/messages`, request);
    await response.arrayBuffer();
    return response.status;
  };
  let refused = 0;
  for (let sent = 0; sent < 10 * gatewayMessagesPerS; sent += 100) {
    const answers = await Promise.all(Array.from({ length: 100 }, send));
    refused += answers.filter((status) => status === 429).length;
  }
  return refused;
}

async function outage(end: () => Promise<void>, servers: readonly OwnServer[]): Promise<void> {
  await end();
  await wait(outageMs);
  for (const server of servers) await server.start();
}

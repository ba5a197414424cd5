import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Config } from '../../../config/config';
import { type Move, levelId, packMoves, sectionId, shardOf, streamField, tagId, unitId } from '../../../core';
import type { Database } from '../../../database/database.module';
import { fixDaysOf } from '../../../history/choose-fix-days';
import { encodeFixes, fixColumns } from '../../../history/copy-fixes';
import { Recorder } from '../../../history/recorder';
import { type FixRow, readMove, rowsOf } from '../../../history/rows';
import type { RedisConnections } from '../../../redis/redis.module';
import { seededRandom } from '../../simulate/random';

const movesPerEntry = 64;
const rounds = 3;

export interface WriteRates {
  readonly rows: number;
  /** Rows a second, medians. */
  readonly bareCopy: number;
  readonly recorder: number;
}

/**
 * The recorder, from the streams of moves to committed rows with their positions, beside a bare COPY of the same rows,
 * ready as bytes, in one transaction into the same table. In turns; medians of three.
 */
export async function measureWrites(
  database: Database,
  redis: RedisConnections,
  config: Config,
  rows: number,
): Promise<WriteRates> {
  const [bare, recorded]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const moves = movesOf(rows, Date.now() - (round + 1) * 3_600_000);
    bare.push(await bareCopy(database, moves));
    await database.pool.query('truncate fix');
    recorded.push(await record(database, redis, config, moves));
    await database.pool.query('truncate fix');
  }
  const median = (rates: readonly number[]): number => Math.round(rates.toSorted((a, b) => a - b)[1] ?? 0);
  return { rows, bareCopy: median(bare), recorder: median(recorded) };
}

/** Tags that walk: a fix every second that is kept, and a room entered every twentieth. */
function movesOf(rows: number, start: number): Move[] {
  const random = seededRandom(start % 1_000);
  const tags = Array.from({ length: 1_500 }, (_, i) => tagId(`c0ffee${String(i).padStart(6, '0')}`));
  return Array.from({ length: rows }, (_, i): Move => {
    const tag = tags[i % tags.length] ?? tagId('c0ffee000000');
    const [at, room] = [start + Math.floor(i / tags.length) * 1_000 + (i % 1_000), Math.floor(i / 30_000 + (i % 40))];
    const [level, unit, section] = [levelId('level-1'), unitId(`room-${room}`), sectionId(`section-${room % 20}`)];
    const place = {
      levelId: level,
      x: random.between(0, 90),
      y: random.between(0, 40),
      zoneId: unit,
      sectionId: section,
    };
    const sure = {
      radius50: random.between(0.5, 2),
      radius90: random.between(2, 5),
      zoneProbability: random.uniform(),
    };
    return {
      tagId: tag,
      fix: { tagId: tag, at, ...place, ...sure, zones: [[unit, sure.zoneProbability]], moving: true },
      changes: i % 20 === 0 ? [{ type: 'entered', zoneId: unit, sectionId: section, levelId: level, at }] : [],
      presence: { zoneId: unit, levelId: level, since: at },
      restingSince: null,
      keep: true,
      receivedAt: at,
    };
  });
}

async function bareCopy(database: Database, moves: readonly Move[]): Promise<number> {
  const fixes: FixRow[] = [];
  for (const move of moves) {
    const read = readMove(move);
    if (read !== null) fixes.push(...rowsOf([read], () => 'asset').fixes);
  }
  await fixDaysOf(database, { days: 365, byClass: new Map() }).makeRoom(fixes.map(({ fix }) => fix.at));
  const bytes = [...encodeFixes(fixes)];
  const client = await database.pool.connect();
  const startedAt = performance.now();
  const copy = client.query(copyFrom(`copy fix (${fixColumns}) from stdin (format binary)`));
  for (const piece of bytes) if (!copy.write(piece)) await once(copy, 'drain');
  copy.end();
  await once(copy, 'finish');
  const rate = fixes.length / ((performance.now() - startedAt) / 1000);
  client.release();
  return rate;
}

async function record(
  database: Database,
  redis: RedisConnections,
  config: Config,
  moves: readonly Move[],
): Promise<number> {
  const { commands, keys } = redis;
  const byShard = new Map<number, Move[]>();
  for (const move of moves) {
    const shard = shardOf(move.tagId, config.shards);
    const own = byShard.get(shard);
    if (own === undefined) byShard.set(shard, [move]);
    else own.push(move);
  }
  const last = new Map<number, string>();
  for (const [shard, own] of byShard) {
    for (let i = 0; i < own.length; i += movesPerEntry) {
      const packed = packMoves(own.slice(i, i + movesPerEntry));
      last.set(shard, (await commands.xadd(keys.shard(shard).moves, '*', streamField, packed)) ?? '');
    }
  }
  const recorder = new Recorder(redis, database, config);
  const startedAt = performance.now();
  recorder.onApplicationBootstrap();
  while (!(await isRecorded(redis, last))) await wait(20);
  const rate = moves.length / ((performance.now() - startedAt) / 1000);
  await recorder.beforeApplicationShutdown();
  return rate;
}

async function isRecorded({ commands, keys }: RedisConnections, last: ReadonlyMap<number, string>): Promise<boolean> {
  for (const [shard, id] of last) if ((await commands.get(keys.shard(shard).recorded)) !== id) return false;
  return true;
}

import { DatabaseError, type PoolClient } from 'pg';
import type { Database } from '../database/database.module';
import { transact } from '../database/transact';
import { compareEntryIds, streamStart } from '../redis/read-streams';
import { copyFixes, copyNewFixes } from './copy-fixes';
import type { FixDays } from './fix-days';
import { type RecordableMove, type Rows, rowsOf, type StayRow } from './rows';
import { markStale } from './stale-hours';
import type { TagClasses } from './tag-classes';

const uniqueViolation = '23505';

/** Moves of one shard, read from after `from`, in order. An entry without moves is only passed over. */
export interface ShardMoves {
  readonly shard: number;
  readonly from: string;
  readonly entries: readonly { readonly id: string; readonly moves: readonly RecordableMove[] }[];
}

export interface Written {
  readonly fixes: number;
  readonly stays: number;
  /** Shard → last entry that was in the database before. */
  readonly before: ReadonlyMap<number, string>;
  /** Shard → last entry that is in the database now. */
  readonly positions: ReadonlyMap<number, string>;
}

/**
 * Writes moves and how far they reach in one transaction: after a crash or a repeat, none is missing and none is
 * there twice. The position rows are locked first, so two recorders at once only repeat each other's reading.
 */
export class HistoryWriter {
  constructor(
    private readonly database: Database,
    private readonly days: FixDays,
    private readonly classes: Pick<TagClasses, 'know' | 'of'>,
  ) {}

  /** Where each shard's rows end; shards never written begin at the start of their stream. */
  async positions(shards: number): Promise<Map<number, string>> {
    const { rows } = await this.database.pool.query<{ shard: number; entry_id: string }>(
      `with missing as (
         insert into history_position (shard, entry_id)
         select shard, $2 from generate_series(0, $1 - 1) as shard on conflict do nothing
         returning shard, entry_id)
       select shard, entry_id from missing
       union select shard, entry_id from history_position where shard < $1`,
      [shards, streamStart],
    );
    return new Map(rows.map(({ shard, entry_id }) => [shard, entry_id]));
  }

  async write(batch: readonly ShardMoves[]): Promise<Written> {
    const moves = batch.flatMap(({ entries }) => entries.flatMap((entry) => entry.moves));
    await this.classes.know(moves.map(({ tagId }) => tagId));
    await this.days.makeRoom(moves.map(({ fix }) => fix.at));
    try {
      return await this.#write(batch, copyFixes);
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.code !== uniqueViolation) throw error;
      return this.#write(batch, copyNewFixes);
    }
  }

  async #write(batch: readonly ShardMoves[], copy: typeof copyNewFixes): Promise<Written> {
    return transact(this.database.pool, async (client) => {
      const before = await lockPositions(client, batch);
      const news = batch.map(({ shard, entries }) => ({
        shard,
        entries: entries.filter(({ id }) => compareEntryIds(id, before.get(shard) ?? streamStart) > 0),
      }));
      const rows = rowsOf(
        news.flatMap(({ entries }) => entries.flatMap(({ moves }) => moves)),
        this.classes.of,
      );
      await copy(client, rows.fixes);
      await markStale(client, rows);
      await closeStays(client, rows.closed);
      await insertStays(client, rows.stays);
      const positions = new Map(before);
      for (const { shard, entries } of news) {
        const last = entries.at(-1);
        if (last !== undefined) positions.set(shard, last.id);
      }
      await movePositions(client, positions);
      return { fixes: rows.fixes.length, stays: rows.stays.length, before, positions };
    });
  }
}

async function movePositions(client: PoolClient, positions: ReadonlyMap<number, string>): Promise<void> {
  await client.query(
    `update history_position p set entry_id = n.entry_id
     from unnest($1::int[], $2::text[]) as n (shard, entry_id) where p.shard = n.shard`,
    [[...positions.keys()], [...positions.values()]],
  );
}

/** In the order of shards, so that two recorders cannot wait for each other. */
async function lockPositions(client: PoolClient, batch: readonly ShardMoves[]): Promise<Map<number, string>> {
  const { rows } = await client.query<{ shard: number; entry_id: string }>(
    'select shard, entry_id from history_position where shard = any($1::int[]) order by shard for update',
    [batch.map(({ shard }) => shard)],
  );
  return new Map(rows.map(({ shard, entry_id }) => [shard, entry_id]));
}

async function closeStays(client: PoolClient, closed: Rows['closed']): Promise<void> {
  if (closed.size === 0) return;
  await client.query(
    `with closing as (
       select tag_id, to_timestamp(at_ms / 1000) as at from unnest($1::text[], $2::float8[]) as c (tag_id, at_ms)),
     without_length as (
       delete from stay s using closing c where s.tag_id = c.tag_id and s.left_at is null and s.entered_at >= c.at)
     update stay s set left_at = c.at from closing c
     where s.tag_id = c.tag_id and s.left_at is null and s.entered_at < c.at`,
    [[...closed.keys()], [...closed.values()]],
  );
}

async function insertStays(client: PoolClient, stays: readonly StayRow[]): Promise<void> {
  if (stays.length === 0) return;
  await client.query(
    `insert into stay (tag_id, zone_id, section_id, level_id, entered_at, left_at, class)
     select tag_id, zone_id, section_id, level_id, to_timestamp(entered_ms / 1000), to_timestamp(left_ms / 1000), class
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::float8[], $7::text[])
       as s (tag_id, zone_id, section_id, level_id, entered_ms, left_ms, class)
     on conflict do nothing`,
    [
      stays.map((stay) => stay.tagId),
      stays.map((stay) => stay.zoneId),
      stays.map((stay) => stay.sectionId),
      stays.map((stay) => stay.levelId),
      stays.map((stay) => stay.enteredAt),
      stays.map((stay) => stay.leftAt),
      stays.map((stay) => stay.class),
    ],
  );
}

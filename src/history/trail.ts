import { Injectable } from '@nestjs/common';
import { type Kysely, type Selectable, sql } from 'kysely';
import { Database } from '../database/database.module';
import type { FixTable, StayTable, Tables } from '../database/tables';

/** A fix as history keeps it. Metres of the level; `at` in epoch ms. */
export interface TrailFix {
  readonly tagId: string;
  readonly at: number;
  readonly levelId: string;
  readonly x: number;
  readonly y: number;
  readonly radius50: number;
  readonly radius90: number;
  readonly zoneId: string | null;
  readonly sectionId: string | null;
  readonly zoneProbability: number;
  readonly moving: boolean;
}

/** A tag in a room; epoch ms; `leftAt` is null while it is there. */
export interface Stay {
  readonly tagId: string;
  readonly zoneId: string;
  readonly sectionId: string | null;
  readonly levelId: string;
  readonly enteredAt: number;
  readonly leftAt: number | null;
}

const mostFixes = 10_000;

export interface TrailQuestion {
  readonly tagId: string;
  /** Epoch ms; up to, not including, `to`. */
  readonly from: number;
  readonly to: number;
  readonly most: number;
}

/** Touches the days asked for and no others, and there the tag's own rows: see plans.md. */
export function trailQuery(kysely: Kysely<Tables>, question: TrailQuestion): { text: string; values: unknown[] } {
  const { tagId, from, to, most } = question;
  const { sql: text, parameters } = kysely
    .selectFrom('fix')
    .selectAll()
    .where('tag_id', '=', tagId)
    .where('at', '>=', new Date(from))
    .where('at', '<', new Date(to))
    .orderBy('at', 'desc')
    .limit(most)
    .compile();
  return { text, values: [...parameters] };
}

/** Questions asked of history. The same on both kinds of database. */
@Injectable()
export class Trail {
  constructor(private readonly database: Database) {}

  /** Fixes of a tag from `from` up to, not including, `to` (epoch ms), oldest first; the newest ones when there are too many. */
  async trail(tagId: string, from: number, to: number, most = mostFixes): Promise<TrailFix[]> {
    const { text, values } = trailQuery(this.database.kysely, { tagId, from, to, most });
    const { rows } = await this.database.pool.query<Selectable<FixTable>>(text, values);
    return rows.map(toFix).reverse();
  }

  /** Stays of a tag that touch the time from `from` up to `to` (epoch ms), oldest first. */
  async stays(tagId: string, from: number, to: number): Promise<Stay[]> {
    const rows = await this.database.kysely
      .selectFrom('stay')
      .selectAll()
      .where('tag_id', '=', tagId)
      .where('entered_at', '<', new Date(to))
      .where((where) => where.or([where('left_at', 'is', null), where('left_at', '>', new Date(from))]))
      .orderBy('entered_at')
      .execute();
    return rows.map(toStay);
  }

  /** Stays of these tags entered since then (epoch ms), oldest first. */
  async staysSince(tagIds: readonly string[], since: number): Promise<Stay[]> {
    const { rows } = await sql<Selectable<StayTable>>`
      select * from stay where tag_id = any(${[...tagIds]}::text[]) and entered_at >= ${new Date(since)}
      order by entered_at`.execute(this.database.kysely);
    return rows.map(toStay);
  }

  /** The newest fix of each of these tags since `since` (epoch ms): where tags that are silent now were last seen. */
  async lastFixes(tagIds: readonly string[], since: number): Promise<TrailFix[]> {
    const { rows } = await sql<Selectable<FixTable>>`
      select f.* from unnest(${[...tagIds]}::text[]) as t (tag_id)
      cross join lateral (
        select * from fix where fix.tag_id = t.tag_id and fix.at >= ${new Date(since)} order by at desc limit 1) f`.execute(
      this.database.kysely,
    );
    return rows.map(toFix);
  }
}

const toStay = (row: Selectable<StayTable>): Stay => ({
  tagId: row.tag_id,
  zoneId: row.zone_id,
  sectionId: row.section_id,
  levelId: row.level_id,
  enteredAt: row.entered_at.getTime(),
  leftAt: row.left_at?.getTime() ?? null,
});

function toFix(row: Selectable<FixTable>): TrailFix {
  return {
    tagId: row.tag_id,
    at: row.at.getTime(),
    levelId: row.level_id,
    x: row.x,
    y: row.y,
    radius50: row.radius50,
    radius90: row.radius90,
    zoneId: row.zone_id,
    sectionId: row.section_id,
    zoneProbability: row.zone_probability,
    moving: row.moving,
  };
}

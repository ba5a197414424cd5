import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.module';
import { dayMs, hourMs } from './days';

export type OccupancyStep = 'hour' | 'day';

export interface OccupancyQuestion {
  readonly sectionId: string;
  /** Epoch ms; the first and the last hour or day are answered whole. */
  readonly from: number;
  readonly to: number;
  readonly by: OccupancyStep;
  /** Epoch ms: open stays are counted up to here. */
  readonly now: number;
}

/** Equipment of one kind that was in a section in one hour or day. */
export interface Occupancy {
  /** When the hour or day begins, epoch ms. Days are of UTC. */
  readonly at: number;
  readonly kind: string;
  /** Different tags that were there. */
  readonly tags: number;
  /** How long they were there together, ms: divided by the step, how many were there on average. */
  readonly ms: number;
}

const stepMs: Readonly<Record<OccupancyStep, number>> = { hour: hourMs, day: dayMs };

/**
 * How full a section was. Hours that are counted come from the rollups; the rest, an hour or two, from the stays. The
 * same on both kinds of database. The plans are in plans.md.
 */
@Injectable()
export class OccupancyHistory {
  constructor(private readonly database: Database) {}

  /** Oldest first, then by kind. Hours in which nothing was there are absent. */
  async ofSection(question: OccupancyQuestion): Promise<Occupancy[]> {
    const { pool } = this.database;
    const counted = await pool.query<{ until: Date }>('select until from stay_count');
    const until = counted.rows[0]?.until.getTime() ?? 0;
    const { text, values } = occupancyQuery(question, until);
    const { rows } = await pool.query<{ at: Date; kind: string; tags: number; ms: string }>(text, values);
    return rows.map(({ at, kind, tags, ms }) => ({ at: at.getTime(), kind, tags, ms: Number(ms) }));
  }
}

/**
 * Steps that are counted as a whole come from the rollup. What follows is cut from the hours that are counted and, after
 * those, from the stays themselves.
 * @param until up to when hours are counted, epoch ms
 */
export function occupancyQuery(
  { sectionId, from, to, by, now }: OccupancyQuestion,
  until: number,
): { text: string; values: unknown[] } {
  const step = stepMs[by];
  const down = (at: number): number => Math.floor(at / step) * step;
  const up = (at: number): number => Math.ceil(at / step) * step;
  const first = down(from);
  const end = Math.max(first, Math.min(up(to), up(now)));
  const counted = Math.min(Math.max(until, first), end);
  const instants = [first, Math.min(Math.max(down(until), first), end), counted, end, now];
  return { text: occupancySql(by), values: [sectionId, ...instants.map((at) => new Date(at))] };
}

/** $1 section; $2 to $3 from the rollup, on to $4 from the counted hours, on to $5 from the stays; $6 now. */
const occupancySql = (by: OccupancyStep): string => `
  with cut as (
    select at, tag_id, kind, ms from stay_hour where section_id = $1 and at >= $3 and at < $4
    union all
    select h.at, s.tag_id, coalesce(k.kind, 'unknown'),
           round(extract(epoch from least(s.left_at, h.at + interval '1 hour', $6) - greatest(s.entered_at, h.at)) * 1000)
    from stay s
    join generate_series($4::timestamptz, $5::timestamptz - interval '1 hour', interval '1 hour') as h (at)
      on s.entered_at < least(h.at + interval '1 hour', $6::timestamptz) and coalesce(s.left_at, 'infinity') > h.at
    left join kind_of_tag k using (tag_id)
    where s.section_id = $1 and s.class = 'asset' and coalesce(s.left_at, 'infinity') > $4)
  select at, kind, tags, ms from section_presence_${by} where section_id = $1 and at >= $2 and at < $3
  union all
  select date_trunc('${by}', at, 'UTC'), kind, count(distinct tag_id)::int, sum(ms)
  from cut where ms > 0 group by 1, 2
  order by 1, 2`;

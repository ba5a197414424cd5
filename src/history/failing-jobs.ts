import type { Database } from '../database/database.module';

/** A background job of the database that does not do its work. */
export interface FailingJob {
  /** `policy_retention`, `policy_refresh_continuous_aggregate`, … */
  readonly job: string;
  /** The table or rollup it looks after. */
  readonly table: string;
  /** Of all its runs. */
  readonly failures: number;
  /** What the server said at the last failure; null when it only does not run. */
  readonly reason: string | null;
}

/** A job that should have begun so long ago does not run: there are too few background workers, or none. */
const lateAfter = '1 hour';

/**
 * Jobs of TimescaleDB that failed at their last run, or are not run. They fail silently otherwise, and on some pairs of
 * versions every scheduled job does; rows are then neither compressed nor dropped. Plain PostgreSQL has none.
 */
export async function failingJobs({ kind, pool, schema }: Database): Promise<FailingJob[]> {
  if (kind === 'plain') return [];
  const { rows } = await pool.query<FailingJob>(
    `select j.proc_name as job, coalesce(j.hypertable_name, '') as table, coalesce(s.total_failures, 0)::int as failures,
            case when s.last_run_status = 'Failed' then
              (select e.err_message from timescaledb_information.job_errors e
               where e.job_id = j.job_id order by e.start_time desc limit 1) end as reason
     from timescaledb_information.jobs j left join timescaledb_information.job_stats s using (job_id)
     where coalesce(j.hypertable_schema, j.proc_schema) = $1 and j.scheduled
       and (s.last_run_status = 'Failed'
            or (s.job_status = 'Scheduled' and isfinite(s.next_start) and s.next_start < now() - $2::interval))
     order by 1, 2`,
    [schema, lateAfter],
  );
  return rows;
}

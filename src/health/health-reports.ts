import { Inject, Injectable, Optional } from '@nestjs/common';
import type { MetricObjectWithValues, MetricValue } from 'prom-client';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { Database } from '../database/database.module';
import { type FailingJob, failingJobs } from '../history/failing-jobs';
import { RedisConnections } from '../redis/redis.module';
import { allMetrics, type Metrics } from './all-metrics';
import { AWAITED_DOORS, type AwaitedDoors } from './awaited';
import { measureLag, type StreamLag } from './stream-lag';

/** Beyond this the service is called behind: staff would notice. */
export const lagAllowedS = 30;
const answerWithinMs = 3_000;

export interface Readiness {
  readonly ready: boolean;
  readonly redis: string;
  /** 'not used' in a process whose roles need no database. Migrations run before the process says anything. */
  readonly database: string;
  /** Doors that do not listen yet. */
  readonly awaited: readonly string[];
}

export interface DeepReport {
  readonly status: 'ok' | 'behind' | 'redis away' | 'jobs failing';
  readonly roles: readonly string[];
  readonly upS: number;
  /** tracking behind the doors; history behind tracking; null when Redis is away. */
  readonly lag: StreamLag | null;
  /** Background jobs of the database that fail or do not run; null when this process has none or it is away. */
  readonly jobs: readonly FailingJob[] | null;
  /** Stage of this process, and those that work for it → how far behind it was and how long ago it took anything. */
  readonly stages: Readonly<Record<string, { readonly lagS: number; readonly lastBatchS: number }>>;
  /** Seconds since each door of this process had its last message. */
  readonly lastMessageS: Readonly<Record<string, number>>;
  /** Counted in this process, and those that work for it, since their start, by step and reason. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** What the process says about itself and what it needs. */
@Injectable()
export class HealthReports {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly redis: RedisConnections,
    @Optional() @Inject(Database) private readonly database: Database | undefined,
    @Inject(AWAITED_DOORS) private readonly awaited: AwaitedDoors,
  ) {}

  async readiness(): Promise<Readiness> {
    const { database, awaited } = this;
    const [redis, postgres] = await Promise.all([
      answer(() => this.redis.commands.ping()),
      database === undefined ? 'not used' : answer(() => database.pool.query('select 1')),
    ]);
    const isServed = redis === 'ok' && (postgres === 'ok' || postgres === 'not used');
    return { ready: isServed && awaited.size === 0, redis, database: postgres, awaited: [...awaited] };
  }

  async deep(): Promise<DeepReport> {
    const [lag, jobs, metrics] = await Promise.all([this.lag(), this.jobs(), allMetrics()]);
    const [doors, lags, batches, dropped] = await Promise.all([
      valuesOf(metrics, 'whereabouts_door_last_message_timestamp_seconds', ({ door }) => door),
      valuesOf(metrics, 'whereabouts_stage_lag_seconds', ({ stage }) => stage),
      valuesOf(metrics, 'whereabouts_stage_last_batch_timestamp_seconds', ({ stage }) => stage),
      valuesOf(metrics, 'whereabouts_dropped_total', ({ step, reason }) => `${step ?? ''}: ${reason ?? ''}`),
    ]);
    const behind = lag !== null && Math.max(lag.sightings.oldestS, lag.moves.oldestS) > lagAllowedS;
    return {
      status: lag === null ? 'redis away' : behind ? 'behind' : (jobs ?? []).length > 0 ? 'jobs failing' : 'ok',
      roles: this.config.roles,
      upS: Math.round(process.uptime()),
      lag,
      jobs,
      stages: mapped(lags, (lagS, stage) => ({ lagS, lastBatchS: secondsSince(batches[stage]) })),
      lastMessageS: mapped(doors, secondsSince),
      dropped,
    };
  }

  /** Null when no role of this process uses the database, or it is away. */
  async jobs(): Promise<readonly FailingJob[] | null> {
    if (this.database === undefined) return null;
    return within(failingJobs(this.database)).catch(() => null);
  }

  /** Null when Redis is away. */
  async lag(): Promise<StreamLag | null> {
    const { commands, keys } = this.redis;
    try {
      return await within(measureLag(commands, keys, this.config.shards));
    } catch {
      return null;
    }
  }
}

/** `ok`, or why not. */
async function answer(ask: () => Promise<unknown>): Promise<string> {
  try {
    await within(ask());
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function within<T>(answer: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${answerWithinMs / 1000} s`)), answerWithinMs).unref();
  });
  return Promise.race([answer, late]);
}

/** @param at epoch seconds; what came while this was being told came just now */
const secondsSince = (at = Infinity): number => Math.max(0, Math.round(Date.now() / 1000 - at));

const mapped = <T>(values: Readonly<Record<string, number>>, to: (value: number, name: string) => T) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, to(value, name)]));

/** The values of one metric by label; empty when no module of this process has it. */
async function valuesOf(
  metrics: Metrics,
  name: string,
  labelOf: (labels: MetricValue<string>['labels']) => string | number | undefined,
): Promise<Record<string, number>> {
  const metric = metrics.getSingleMetric(name);
  if (metric === undefined) return {};
  const { values }: MetricObjectWithValues<MetricValue<string>> = await metric.get();
  return Object.fromEntries(values.map(({ labels, value }) => [String(labelOf(labels) ?? ''), value]));
}

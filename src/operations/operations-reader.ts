import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { lagAllowedS } from '../health/health-reports';
import { type ProcessReport, type RateName, rateNames } from '../health/process-report';
import { measureLag } from '../health/stream-lag';
import { RedisConnections } from '../redis/redis.module';
import { SiteModelSource } from '../sites/site-model-source';
import type { Operations } from './operations.dto';

/** A process that has told nothing for so long is gone, ms. */
const goneAfterMs = 20_000;

/** Puts together what the processes and the doors have told of themselves. */
@Injectable()
export class OperationsReader {
  constructor(
    private readonly redis: RedisConnections,
    private readonly source: SiteModelSource,
    @Inject(CONFIG) private readonly config: Pick<Config, 'shards'>,
  ) {}

  /** Rejects when Redis is away. @param now epoch ms */
  async read(now: number): Promise<Operations> {
    const { commands, keys } = this.redis;
    const [lag, reports, gateways] = await Promise.all([
      measureLag(commands, keys, this.config.shards),
      this.#reports(now),
      this.#gateways(),
    ]);
    const isBehind = Math.max(lag.sightings.oldestS, lag.moves.oldestS) > lagAllowedS;
    return {
      now,
      status: isBehind ? 'behind' : 'ok',
      lag: { tracking: lag.sightings, history: lag.moves },
      rates: ratesOf(reports),
      doors: doorsOf(reports),
      dropped: droppedOf(reports),
      putAside: lag.deadLetters,
      processes: reports
        .map(({ name, roles, upS, memoryBytes, cores, at }) => ({
          name,
          roles,
          upS,
          memoryBytes,
          cores,
          reportedAt: at,
        }))
        .sort((a, b) => a.name.localeCompare(b.name)),
      gateways,
    };
  }

  /** Of processes that live; the others are forgotten. */
  async #reports(now: number): Promise<ProcessReport[]> {
    const { commands, keys } = this.redis;
    const told = Object.values(await commands.hgetall(keys.processReports));
    const reports = told.map((text) => JSON.parse(text) as ProcessReport);
    const gone = reports.filter(({ at }) => now - at > goneAfterMs);
    if (gone.length > 0) await commands.hdel(keys.processReports, ...gone.map(({ name }) => name));
    return reports.filter((report) => !gone.includes(report));
  }

  /** Those on the plan; others are forgotten. */
  async #gateways(): Promise<Operations['gateways']> {
    const { commands, keys } = this.redis;
    const heard = await commands.hgetall(keys.gatewaysHeard);
    const { gatewayById } = this.source.site;
    const onPlan = new Set<string>(gatewayById.keys());
    const unknown = Object.keys(heard).filter((id) => !onPlan.has(id));
    if (unknown.length > 0) await commands.hdel(keys.gatewaysHeard, ...unknown);
    const lastOf = (id: string): number | null => (id in heard ? Number(heard[id]) : null);
    return [...gatewayById.values()]
      .map(({ id, levelId }) => ({ id, levelId, lastMessageAt: lastOf(id) }))
      .sort((a, b) => (a.lastMessageAt ?? 0) - (b.lastMessageAt ?? 0) || a.id.localeCompare(b.id));
  }
}

function ratesOf(reports: readonly ProcessReport[]): Record<RateName, number> {
  const sums = rateNames.map((name) => [name, round(reports.reduce((sum, { rates }) => sum + rates[name], 0))]);
  return Object.fromEntries(sums) as Record<RateName, number>;
}

const round = (rate: number): number => Math.round(rate * 10) / 10;

function doorsOf(reports: readonly ProcessReport[]): Operations['doors'] {
  const newest = new Map<string, number>();
  for (const { doors } of reports) {
    for (const [door, at] of Object.entries(doors)) newest.set(door, Math.max(at, newest.get(door) ?? 0));
  }
  return [...newest].map(([door, lastMessageAt]) => ({ door, lastMessageAt }));
}

function droppedOf(reports: readonly ProcessReport[]): Operations['dropped'] {
  const total = new Map<string, { step: string; reason: string; count: number }>();
  for (const { step, reason, count } of reports.flatMap(({ dropped }) => dropped)) {
    const key = `${step} ${reason}`;
    total.set(key, { step, reason, count: count + (total.get(key)?.count ?? 0) });
  }
  return [...total.values()].sort((a, b) => b.count - a.count);
}

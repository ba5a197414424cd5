import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Counter } from 'prom-client';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { askThread } from '../config/thread';
import type { Calibration, Refit, RefitRecord } from '../core';
import { RedisConnections } from '../redis/redis.module';
import { keepCalibration, readVersions } from '../sites/calibration-store';
import { SiteModelSource } from '../sites/site-model-source';
import { heardOfLate, type HeardOfLate, leastPairs } from './heard-of-late';
import { type RefitOutcome, refitOutcomeSchema } from './refit-outcome';
import type { RefitQuestion } from './refit-question';

const lookEveryMs = 600_000;
/** A refit that takes longer is taken to have died with its process. */
const leaseMs = 900_000;
const hourMs = 3_600_000;

const refits = new Counter({
  name: 'whereabouts_refits_total',
  help: 'Times the radio model was fitted anew to reference tags and gateways, by how it ended',
  labelNames: ['outcome'],
});

/**
 * Fits the radio model anew, on a schedule and in a thread of its own, to what gateways heard of reference tags and of
 * each other. What is no worse where it was tried is kept as a new version, which every process takes up by itself; a
 * version put back by a person stays. One process at a time does it.
 */
@Injectable()
export class Refitter implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('Refit');
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIG) private readonly config: Pick<Config, 'dataDir' | 'refitEveryH'>,
    @Inject(SiteModelSource) private readonly source: SiteModelSource,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.isOn) return;
    this.#timer = setInterval(() => {
      this.#running = this.refitWhenDue(Date.now()).catch((error: unknown) =>
        this.#log.warn(
          `The radio model was not fitted anew: ${error instanceof Error ? error.message : String(error)}`,
        ),
      );
    }, lookEveryMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Off by `REFIT_EVERY_H=0`, or for a site by `"refit": false` in its `site.json`. */
  get isOn(): boolean {
    return this.config.refitEveryH > 0 && this.source.site.refit !== false;
  }

  /** Null before the first. */
  async lastOutcome(): Promise<RefitOutcome | null> {
    const text = await this.redis.commands.get(this.redis.keys.refitOutcome);
    return text === null ? null : refitOutcomeSchema.parse(JSON.parse(text));
  }

  /** Null when it is not time, or another process is at it. @param now epoch ms */
  async refitWhenDue(now: number): Promise<RefitOutcome | null> {
    const { commands, keys } = this.redis;
    const last = await this.lastOutcome();
    if (!this.isOn || (last !== null && now - last.at < this.config.refitEveryH * hourMs)) return null;
    const token = randomUUID();
    if ((await commands.set(keys.refitLease, token, 'PX', leaseMs, 'NX')) === null) return null;
    try {
      return await this.#refit(now);
    } finally {
      if ((await commands.get(keys.refitLease)) === token) await commands.del(keys.refitLease);
    }
  }

  async #refit(now: number): Promise<RefitOutcome> {
    const outcome = await this.#tryTo(now);
    refits.inc({ outcome: outcome.outcome });
    const isTold = outcome.outcome === 'kept' || outcome.outcome === 'refused';
    this.#log[isTold ? 'log' : 'debug'](outcome.detail);
    await this.redis.commands.set(this.redis.keys.refitOutcome, JSON.stringify(outcome));
    return outcome;
  }

  async #tryTo(at: number): Promise<RefitOutcome> {
    const { site, references } = this.source;
    const { kept, current } = await readVersions(this.config.dataDir, site.id);
    if (current !== (kept.at(-1) ?? null)) {
      const detail = `Version ${current ?? 0} was put back by a person and stays until calibrate makes another.`;
      return { at, outcome: 'held', detail };
    }
    const heard = await heardOfLate(this.redis, site, references, at);
    if (heard.pairs < leastPairs) {
      const detail = `${heard.pairs} pairs of a gateway and a transmitter were heard; ${leastPairs} are needed.`;
      return { at, outcome: 'too-little', detail };
    }
    await this.source.refresh();
    const { calibration: inUse } = this.source;
    const question: RefitQuestion = { site, inUse, points: heard.points, fittedAt: at };
    return this.#judge((await askThread(join(__dirname, 'refit.worker'), question)) as Refit, heard, at);
  }

  async #judge(refit: Refit, heard: HeardOfLate, at: number): Promise<RefitOutcome> {
    if (refit.refusal !== null) return { at, outcome: 'refused', detail: `Not put to use: ${refit.refusal}` };
    const errors = `${refit.beforeDb.toFixed(1)} dB off before, ${refit.afterDb.toFixed(1)} dB now`;
    if (!refit.isNews) return { at, outcome: 'unchanged', detail: `Nothing worth a version: ${errors}.` };
    const { version } = await keepCalibration(this.config.dataDir, withRecord(refit, heard));
    await this.source.refresh();
    return { at, outcome: 'kept', detail: `Version ${version} is in use: ${errors}.${told(refit)}` };
  }
}

function withRecord({ calibration, ...refit }: Refit, { from, until, sightings }: HeardOfLate): Calibration {
  const { beforeDb, afterDb, gateways, suspects } = refit;
  const record: RefitRecord = { from, until, sightings, beforeDb, afterDb, gateways, suspects };
  return { ...calibration, refit: record };
}

const told = ({ suspects }: Refit): string =>
  suspects.length === 0 ? '' : ` Look at ${suspects.map(({ gatewayId }) => gatewayId).join(', ')}.`;

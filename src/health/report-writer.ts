import { hostname } from 'node:os';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { RedisConnections } from '../redis/redis.module';
import { type Counts, countNow, reportOf } from './process-report';

/** How often a process tells what it does. */
export const reportEveryMs = 5_000;

/** Tells the other processes what this one does, so that any that serves can show all of them. */
@Injectable()
export class ReportWriter implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('Health');
  readonly #name = `${hostname()}/${process.pid}`;
  #before: Counts | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'roles'>,
    private readonly redis: RedisConnections,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#before = await countNow();
    this.#timer = setInterval(() => void this.write(), reportEveryMs).unref();
  }

  /** It says goodbye: its report is gone at once. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    const { commands, keys } = this.redis;
    await commands.hdel(keys.processReports, this.#name).catch((error: unknown) => this.#log.debug(String(error)));
  }

  /** While Redis is away nobody is told; the next report says how it is then. */
  async write(): Promise<void> {
    const after = await countNow();
    const who = { name: this.#name, roles: this.config.roles, now: Date.now() };
    const report = await reportOf(who, this.#before ?? after, after);
    this.#before = after;
    const { commands, keys } = this.redis;
    await commands
      .hset(keys.processReports, this.#name, JSON.stringify(report))
      .catch((error: unknown) => this.#log.debug(`Report not told: ${String(error)}`));
  }
}

import {
  Global,
  Inject,
  Injectable,
  Logger,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { Redis } from 'ioredis';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { StartError } from '../config/start-error';
import { unfitness, unsafety } from './fitness';
import { type Keys, redisKeys } from './keys';

const startTimeoutMs = 30_000;

interface ConnectionOptions {
  readonly enableOfflineQueue?: boolean;
  /** ms */
  readonly commandTimeout?: number;
  /** Commands of the same turn of the event loop go out together. */
  readonly enableAutoPipelining?: boolean;
}

/**
 * Connections to Redis. `commands` is shared; a blocking read blocks its connection, so each reader asks for its own.
 * Commands wait while Redis is away only as long as their caller allows: see `commands`' `commandTimeout`.
 */
@Injectable()
export class RedisConnections implements OnModuleInit, OnApplicationShutdown {
  readonly commands: Redis;
  readonly keys: Keys;
  readonly #log = new Logger('Redis');
  readonly #open: Redis[] = [];
  readonly #url: string;

  constructor(@Inject(CONFIG) config: Config) {
    if (config.redisUrl === undefined) throw new Error('REDIS_URL is not set and no embedded Redis was started');
    this.#url = config.redisUrl;
    this.keys = redisKeys(config.keyPrefix);
    this.commands = this.connect({ enableOfflineQueue: false, commandTimeout: 10_000, enableAutoPipelining: true });
  }

  /** Modules that need Redis at their own start find it there. */
  async onModuleInit(): Promise<void> {
    if (this.commands.status !== 'ready') await this.#answer();
    const reason = await unfitness(this.commands);
    if (reason !== null) throw new StartError(`Redis at ${new URL(this.#url).host} cannot be used: ${reason}`);
    const warning = await unsafety(this.commands);
    if (warning !== null) this.#log.warn(warning);
  }

  async #answer(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`Redis at ${this.#url} did not answer within ${startTimeoutMs / 1000} s`)),
        startTimeoutMs,
      );
      this.commands.once('ready', () => {
        clearTimeout(late);
        resolve();
      });
    });
  }

  /** A connection of one's own, for blocking reads or subscriptions. Reconnects for ever with jitter. */
  connect(options: ConnectionOptions = {}): Redis {
    const redis = new Redis(this.#url, {
      ...options,
      maxRetriesPerRequest: null,
      retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 5), 2_000) * (0.5 + Math.random() / 2),
    });
    let wasDown = false;
    redis.on('error', (error: Error) => {
      if (!wasDown) this.#log.warn(`Redis is away: ${error.message}`);
      wasDown = true;
    });
    redis.on('ready', () => {
      if (wasDown) this.#log.log('Redis is back');
      wasDown = false;
    });
    this.#open.push(redis);
    return redis;
  }

  /** Last of all: after every module has drained. */
  onApplicationShutdown(): void {
    for (const redis of this.#open) redis.disconnect();
  }
}

/** Global, because Nest starts global modules first and stops them last: whoever uses Redis at its own start finds it. */
@Global()
@Module({ providers: [RedisConnections], exports: [RedisConnections] })
export class RedisModule {}

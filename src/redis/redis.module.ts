import {
  Global,
  Inject,
  Injectable,
  Logger,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { Cluster } from 'ioredis';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { StartError } from '../config/start-error';
import { type ConnectionOptions, hostsOf, onBack, openRedis, type RedisClient, serversOf } from './client';
import { unfitness, unsafety } from './fitness';
import { type Keys, redisKeys } from './keys';

const startTimeoutMs = 30_000;

/**
 * Connections to Redis, or to a Redis Cluster. `commands` is shared; a blocking read blocks its connection, so each reader asks for its own.
 * Commands wait while Redis is away only as long as their caller allows: see `commands`' `commandTimeout`.
 */
@Injectable()
export class RedisConnections implements OnModuleInit, OnApplicationShutdown {
  readonly commands: RedisClient;
  readonly keys: Keys;
  readonly #log = new Logger('Redis');
  readonly #open: RedisClient[] = [];
  readonly #url: string;
  #lastError: string | null = null;

  constructor(@Inject(CONFIG) config: Config) {
    if (config.redisUrl === undefined) throw new Error('REDIS_URL is not set and no embedded Redis was started');
    this.#url = config.redisUrl;
    this.keys = redisKeys(config.keyPrefix);
    this.commands = this.connect({ enableOfflineQueue: false, commandTimeout: 10_000, enableAutoPipelining: true });
  }

  /** Modules that need Redis at their own start find it there. */
  async onModuleInit(): Promise<void> {
    if (this.commands.status !== 'ready') await this.#answer();
    for (const server of serversOf(this.commands)) {
      const reason = await unfitness(server, this.commands !== server);
      const { host = '', port = 0 } = server.options;
      if (reason !== null) throw new StartError(`Redis at ${host}:${port} cannot be used: ${reason}`);
      const warning = await unsafety(server);
      if (warning !== null) this.#log.warn(warning);
    }
  }

  async #answer(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        const why = this.#lastError === null ? '' : ` (${this.#lastError})`;
        const sentence = `Redis at ${hostsOf(this.#url)} did not let us in within ${startTimeoutMs / 1000} s${why}`;
        reject(new StartError(`${sentence}. REDIS_URL says where it is, and with which password.`));
      }, startTimeoutMs);
      this.commands.once('ready', () => {
        clearTimeout(late);
        resolve();
      });
    });
  }

  /** A connection of one's own, for blocking reads or subscriptions. Reconnects for ever with jitter. */
  connect(options: ConnectionOptions = {}): RedisClient {
    const redis = openRedis(this.#url, options);
    let wasDown = false;
    redis.on(redis instanceof Cluster ? 'node error' : 'error', (error: Error) => {
      this.#lastError = error.message;
      if (!wasDown) this.#log.warn(`Redis is away: ${error.message}`);
      wasDown = true;
    });
    onBack(redis, () => {
      if (wasDown) this.#log.log('Redis is back');
      wasDown = false;
    });
    this.#open.push(redis);
    return redis;
  }

  /** Calls whenever a connection that listens to a channel is back: what was said meanwhile was not heard. */
  onRenewed(listening: RedisClient, listener: () => void): void {
    listening.on('ready', listener);
    // A cluster's client listens at any of its nodes, and tells nobody when that one is gone.
    if (listening instanceof Cluster) onBack(this.commands, listener);
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

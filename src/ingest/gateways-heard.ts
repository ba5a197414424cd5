import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { GatewayId } from '../core';
import { RedisConnections } from '../redis/redis.module';

const tellEveryMs = 5_000;

/** When each believed gateway sent its last message, told every few seconds to whoever watches over them. */
@Injectable()
export class GatewaysHeard implements OnModuleInit, OnApplicationShutdown {
  readonly #log = new Logger('Gateways');
  /** Emptied with every telling. */
  #heard = new Map<GatewayId, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly redis: RedisConnections) {}

  onModuleInit(): void {
    this.#timer = setInterval(() => void this.tell(), tellEveryMs).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** @param receivedAt epoch ms */
  note(gatewayId: GatewayId, receivedAt: number): void {
    this.#heard.set(gatewayId, receivedAt);
  }

  /** What cannot be told now is old news by the next time. */
  async tell(): Promise<void> {
    if (this.#heard.size === 0) return;
    const heard = this.#heard;
    this.#heard = new Map();
    const { commands, keys } = this.redis;
    await commands
      .hset(keys.gatewaysHeard, heard)
      .catch((error: unknown) => this.#log.debug(`Last messages of gateways not told: ${String(error)}`));
  }
}

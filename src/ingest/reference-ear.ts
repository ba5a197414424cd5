import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Counter } from 'prom-client';
import type { GatewayId, HeardReference } from '../core';
import { RedisConnections } from '../redis/redis.module';
import { addReferences } from '../redis/reference-days';

const tellEveryMs = 60_000;

const referencesHeard = new Counter({
  name: 'whereabouts_reference_sightings_total',
  help: 'Sightings of reference tags and of gateways by other gateways, kept as sums to fit the radio model to',
});

interface Sum {
  count: number;
  sum: number;
  squares: number;
}

/**
 * Sums up what gateways hear of transmitters whose place is known, and tells it once a minute. As large as there are
 * references and gateways that hear them; emptied with every telling.
 */
@Injectable()
export class ReferenceEar implements OnModuleInit, OnApplicationShutdown {
  readonly #log = new Logger('References');
  #heard = new Map<string, Map<GatewayId, Sum>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly redis: RedisConnections) {}

  onModuleInit(): void {
    this.#timer = setInterval(() => void this.tell(Date.now()), tellEveryMs).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** @param rssi dBm; gateways report whole numbers, and those are what is kept */
  hear(gatewayId: GatewayId, transmitter: string, rssi: number): void {
    const level = Math.round(rssi);
    const own = this.#heard.get(transmitter) ?? new Map<GatewayId, Sum>();
    const sum = own.get(gatewayId) ?? { count: 0, sum: 0, squares: 0 };
    sum.count += 1;
    sum.sum += level;
    sum.squares += level * level;
    this.#heard.set(transmitter, own.set(gatewayId, sum));
    referencesHeard.inc();
  }

  /** What cannot be told is lost: another minute says the same. @param now epoch ms */
  async tell(now: number): Promise<void> {
    const heard = [...this.#heard].flatMap(([transmitter, own]) =>
      [...own].map(([gatewayId, sum]): HeardReference => ({ transmitter, gatewayId, ...sum })),
    );
    this.#heard = new Map();
    if (heard.length === 0) return;
    await addReferences(this.redis, now, heard).catch((error: unknown) =>
      this.#log.warn(`A minute of references not told: ${String(error)}`),
    );
  }
}

import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { GatewayId } from '../core';
import { readPairingWindow } from '../redis/pairing-window';
import { RedisConnections } from '../redis/redis.module';
import type { Heard } from './decoders/decoder';

/** dBm: a tag held within a few steps of the gateway. What is farther away is nobody's to look at. */
const weakest = -68;
const mostTags = 20;
const tellEveryMs = 300;
/** Addresses that phones make up anew every few minutes (resolvable private ones): never a tag to be paired. */
const ofPhone = /^[4-7][0-9a-f]{11}$/;

/**
 * While a pairing window is open, notes how strongly its one gateway hears tags that nobody enrolled, so that one of
 * them can be. In Redis until the window ends, and nowhere else: no place, no history, no log. Without a window it
 * hears nothing.
 */
@Injectable()
export class PairingEar implements OnModuleInit, OnApplicationShutdown {
  readonly #log = new Logger('Pairing');
  /** Emptied when the window ends or another opens. */
  readonly #heard = new Map<string, string>();
  #gatewayId: GatewayId | null = null;
  #until = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly redis: RedisConnections) {}

  async onModuleInit(): Promise<void> {
    const listener = this.redis.connect();
    const read = (): void => {
      this.#read().catch((error: unknown) => this.#log.warn(`Pairing window not read: ${String(error)}`));
    };
    listener.on('message', read);
    this.redis.onRenewed(listener, read);
    await listener.subscribe(this.redis.keys.pairingChanged);
    await this.#read();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** @param now epoch ms */
  hear(gatewayId: GatewayId, { identities, rssi }: Heard, now: number): void {
    if (gatewayId !== this.#gatewayId || now > this.#until || rssi < weakest) return;
    const [tagId] = identities;
    if (tagId === undefined || ofPhone.test(tagId)) return;
    if (this.#heard.has(tagId) || this.#heard.size < mostTags)
      this.#heard.set(tagId, JSON.stringify({ rssi, at: now }));
  }

  async #read(): Promise<void> {
    const window = await readPairingWindow(this.redis);
    if (window?.gatewayId !== this.#gatewayId || window.until !== this.#until) this.#heard.clear();
    this.#gatewayId = window?.gatewayId ?? null;
    this.#until = window?.until ?? 0;
    clearInterval(this.#timer);
    if (window !== null) this.#timer = setInterval(() => this.#tell(), tellEveryMs).unref();
  }

  #tell(): void {
    if (Date.now() > this.#until) {
      clearInterval(this.#timer);
      this.#heard.clear();
      this.#gatewayId = null;
      return;
    }
    if (this.#heard.size === 0) return;
    const { commands, keys } = this.redis;
    const told = commands.multi().hset(keys.pairingHeard, this.#heard).pexpireat(keys.pairingHeard, this.#until);
    this.#heard.clear();
    told.exec().catch((error: unknown) => this.#log.warn(`Heard while pairing, not told: ${String(error)}`));
  }
}

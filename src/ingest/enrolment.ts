import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { type GatewayId, type TagClass, tagClasses, type TagId } from '../core';
import { RedisConnections } from '../redis/redis.module';

const reloadEveryMs = 30_000;

/**
 * Which tags are followed, which gateways are believed and what stands in a known place, kept in memory for the doors. Read again when either
 * changes, when Redis comes back and every 30 s.
 */
@Injectable()
export class Enrolment implements OnModuleInit, OnApplicationShutdown {
  readonly #log = new Logger('Enrolment');
  #tags: ReadonlyMap<string, TagClass> = new Map();
  #gateways: ReadonlySet<string> = new Set();
  #references: ReadonlySet<string> = new Set();
  #timer: NodeJS.Timeout | undefined;
  #reloading = false;
  #again = false;

  constructor(private readonly redis: RedisConnections) {}

  async onModuleInit(): Promise<void> {
    const { keys } = this.redis;
    const listener = this.redis.connect();
    listener.on('message', () => this.#reloadSoon(true));
    // A Redis that came back empty is filled again within seconds: until then what we know stands.
    this.redis.onRenewed(listener, () => this.#reloadSoon(false));
    this.#timer = setInterval(() => this.#reloadSoon(true), reloadEveryMs).unref();
    await listener.subscribe(keys.enrolmentChanged);
    await this.reload();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** Whether it is known which gateways count. Before that no message can be judged. */
  get isLoaded(): boolean {
    return this.#gateways.size > 0;
  }

  isKnownGateway(id: GatewayId): boolean {
    return this.#gateways.has(id);
  }

  /** Null for a tag nobody enrolled. */
  classOf(id: TagId): TagClass | null {
    return this.#tags.get(id) ?? null;
  }

  /** The first of some identities that stands in a known place and is nobody's badge; null: none does. */
  referenceAmong(ids: readonly TagId[]): TagId | null {
    if (this.#references.size === 0) return null;
    for (const id of ids) if (this.#references.has(id)) return this.classOf(id) === 'badge' ? null : id;
    return null;
  }

  /** @param believeEmpty whether an empty answer means that nothing is enrolled */
  async reload(believeEmpty = true): Promise<void> {
    const { commands, keys } = this.redis;
    const [classes, gateways, references] = await Promise.all([
      commands.hgetall(keys.enrolledTags),
      commands.hkeys(keys.knownGateways),
      commands.hkeys(keys.references),
    ]);
    const tags = new Map<string, TagClass>();
    for (const [id, name] of Object.entries(classes)) {
      const tagClass = tagClasses.find((known) => known === name);
      if (tagClass !== undefined) tags.set(id, tagClass);
    }
    if (believeEmpty || tags.size > 0) this.#tags = tags;
    if (believeEmpty || gateways.length > 0) this.#gateways = new Set(gateways);
    if (believeEmpty || references.length > 0) this.#references = new Set(references);
  }

  /** Changes that come while a reload runs are read by one more. */
  #reloadSoon(believeEmpty: boolean): void {
    if (this.#reloading) {
      this.#again = true;
      return;
    }
    this.#reloading = true;
    this.reload(believeEmpty)
      .catch((error: unknown) => this.#log.warn(`Enrolment not read: ${String(error)}`))
      .finally(() => {
        this.#reloading = false;
        const isStale = this.#again;
        this.#again = false;
        if (isStale) this.#reloadSoon(believeEmpty);
      });
  }
}

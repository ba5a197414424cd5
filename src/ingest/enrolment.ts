import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { type GatewayId, type TagClass, tagClasses, type TagId } from '../core';
import { RedisConnections } from '../redis/redis.module';

/** Who goes by some identities. */
export interface Named {
  /** The first that is enrolled. */
  readonly tagId: TagId | null;
  readonly tagClass: TagClass | null;
  /** The first that stands in a known place; null when that is somebody's badge. */
  readonly reference: TagId | null;
  readonly isReference: boolean;
}

const nobody: Named = { tagId: null, tagClass: null, reference: null, isReference: false };

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
  /** What both say of each identity: every sighting is looked up. */
  #named: ReadonlyMap<string, Named> = new Map();
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

  /** Who goes by these identities, the preferred one first. */
  named(ids: readonly TagId[]): Named {
    let found: Named | undefined;
    for (const id of ids) {
      const one = this.#named.get(id);
      if (one !== undefined) found = found === undefined ? one : both(found, one);
    }
    return found ?? nobody;
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
    this.#named = nameAll(this.#tags, this.#references);
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

const both = (first: Named, second: Named): Named => ({
  tagId: first.tagId ?? second.tagId,
  tagClass: first.tagClass ?? second.tagClass,
  reference: first.isReference ? first.reference : second.reference,
  isReference: first.isReference || second.isReference,
});

function nameAll(tags: ReadonlyMap<string, TagClass>, references: ReadonlySet<string>): Map<string, Named> {
  const named = new Map<string, Named>();
  for (const id of new Set([...tags.keys(), ...references])) {
    const tagClass = tags.get(id) ?? null;
    const isReference = references.has(id);
    named.set(id, {
      tagId: tagClass === null ? null : (id as TagId),
      tagClass,
      reference: isReference && tagClass !== 'badge' ? (id as TagId) : null,
      isReference,
    });
  }
  return named;
}

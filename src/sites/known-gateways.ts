import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { tagId } from '../core';
import { onBack } from '../redis/client';
import { RedisConnections } from '../redis/redis.module';
import { SiteModelSource } from './site-model-source';

/** Tells the doors which gateways are believed. Told again whenever Redis comes back, in case it came back empty. */
@Injectable()
export class KnownGateways implements OnModuleInit {
  readonly #log = new Logger('Sites');

  constructor(
    private readonly redis: RedisConnections,
    private readonly source: SiteModelSource,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.publish();
    onBack(this.redis.commands, () => {
      this.publish().catch((error: unknown) => this.#log.warn(`Gateways not published: ${String(error)}`));
    });
  }

  /** Replaces the whole sets in one transaction, so that a gateway taken off the plan is no longer believed. */
  async publish(): Promise<void> {
    const { commands, keys } = this.redis;
    const gateways = [...this.source.site.gatewayById.values()];
    const change = commands.multi().del(keys.knownGateways);
    if (gateways.length > 0) change.hset(keys.knownGateways, new Map(gateways.map(({ id, levelId }) => [id, levelId])));
    await change.exec();
    const references = new Map<string, string>([
      ...gateways.map(({ id }): [string, string] => [tagId(id), 'gateway']),
      ...this.source.references.map((tag): [string, string] => [tag.tagId, 'tag']),
    ]);
    const told = commands.multi().del(keys.references);
    if (references.size > 0) told.hset(keys.references, references);
    await told.exec();
    await commands.publish(keys.enrolmentChanged, 'gateways');
  }
}

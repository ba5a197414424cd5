import { Injectable, Logger } from '@nestjs/common';
import { sql, type Transaction } from 'kysely';
import type { TagId } from '../core';
import { Database } from '../database/database.module';
import type { Tables } from '../database/tables';
import { onBack } from '../redis/client';
import { RedisConnections } from '../redis/redis.module';
import { AssetsRepository } from './assets.repository';

/**
 * Tells the doors which tags are followed. Everything is read and told under one lock of the database, so that of two
 * processes who tell at once the one who read last tells last, and the doors end up with what the database has.
 */
@Injectable()
export class EnrolledTags {
  readonly #log = new Logger('Assets');

  constructor(
    private readonly database: Database,
    private readonly redis: RedisConnections,
    private readonly assets: AssetsRepository,
  ) {}

  /** Tells all tags, and tells them again when Redis is back: it may have come back empty. */
  async start(): Promise<void> {
    await this.publish();
    onBack(this.redis.commands, () => {
      this.publish().catch((error: unknown) => this.#log.warn(`Tags not published: ${String(error)}`));
    });
  }

  /** Puts all tags of the database in place of those the doors know, in one transaction of Redis. */
  async publish(): Promise<void> {
    const { commands, keys } = this.redis;
    await this.#underLock(async (trx) => {
      const tags = await this.assets.tags(trx);
      const change = commands.multi().del(keys.enrolledTags);
      if (tags.length > 0) change.hset(keys.enrolledTags, new Map(tags.map((tag) => [tag.tagId, tag.class])));
      await change.publish(keys.enrolmentChanged, 'tags').exec();
    });
  }

  /** Tells what has become of these tags. */
  async publishChange(changed: readonly TagId[]): Promise<void> {
    if (changed.length === 0) return;
    const { commands, keys } = this.redis;
    await this.#underLock(async (trx) => {
      const followed = await this.assets.tags(trx, changed);
      const change = commands.multi().hdel(keys.enrolledTags, ...changed);
      for (const tag of followed) change.hset(keys.enrolledTags, tag.tagId, tag.class);
      await change.publish(keys.enrolmentChanged, 'tags').exec();
    });
  }

  async #underLock(work: (trx: Transaction<Tables>) => Promise<void>): Promise<void> {
    const name = `whereabouts ${this.redis.keys.enrolledTags}`;
    await this.database.kysely.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
      await work(trx);
    });
  }
}

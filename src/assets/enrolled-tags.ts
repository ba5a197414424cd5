import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database.module';
import { RedisConnections } from '../redis/redis.module';
import { AssetsRepository } from './assets.repository';

/** Tells the doors which tags are followed. */
@Injectable()
export class EnrolledTags {
  constructor(
    private readonly database: Database,
    private readonly redis: RedisConnections,
    private readonly assets: AssetsRepository,
  ) {}

  /**
   * Puts the tags of the database in place of those the doors know, in one transaction of Redis. Under a lock of the
   * database, so that of two processes that do it at once the one who read last writes last.
   */
  async publish(): Promise<void> {
    const { commands, keys } = this.redis;
    await this.database.kysely.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`whereabouts ${keys.enrolledTags}`}, 0))`.execute(trx);
      const tags = await this.assets.tags();
      const change = commands.multi().del(keys.enrolledTags);
      if (tags.length > 0) change.hset(keys.enrolledTags, new Map(tags.map((tag) => [tag.tagId, tag.class])));
      await change.publish(keys.enrolmentChanged, 'tags').exec();
    });
  }
}

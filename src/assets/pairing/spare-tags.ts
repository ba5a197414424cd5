import { Injectable } from '@nestjs/common';
import { type TagId, tagId as toTagId } from '../../core';
import { Database } from '../../database/database.module';
import { SiteModelSource } from '../../sites/site-model-source';
import { EnrolledTags } from '../enrolled-tags';

/** Tags that are enrolled, and so followed, before any asset wears them: those in the drawer. */
@Injectable()
export class SpareTags {
  readonly #siteId: string;

  constructor(
    private readonly database: Database,
    private readonly enrolledTags: EnrolledTags,
    source: SiteModelSource,
  ) {
    this.#siteId = source.site.id;
  }

  async all(): Promise<TagId[]> {
    const rows = await this.database.kysely
      .selectFrom('tag_assignment')
      .select('tag_id')
      .where('site_id', '=', this.#siteId)
      .where('asset_id', 'is', null)
      .where('class', '=', 'asset')
      .execute();
    return rows.map((row) => toTagId(row.tag_id));
  }

  /** @returns those that were not enrolled yet; the others stay what they are */
  async enrol(tagIds: readonly TagId[]): Promise<TagId[]> {
    const rows = await this.database.kysely
      .insertInto('tag_assignment')
      .values(tagIds.map((tagId) => ({ site_id: this.#siteId, tag_id: tagId, class: 'asset' as const })))
      .onConflict((conflict) => conflict.doNothing())
      .returning('tag_id')
      .execute();
    const added = rows.map((row) => toTagId(row.tag_id));
    await this.enrolledTags.publishChange(added);
    return added;
  }

  /** The tag is followed no longer. @returns whether it was a spare one */
  async forget(tagId: TagId): Promise<boolean> {
    const { numDeletedRows } = await this.database.kysely
      .deleteFrom('tag_assignment')
      .where('site_id', '=', this.#siteId)
      .where('tag_id', '=', tagId)
      .where('asset_id', 'is', null)
      .where('class', '=', 'asset')
      .executeTakeFirst();
    if (numDeletedRows > 0n) await this.enrolledTags.publishChange([tagId]);
    return numDeletedRows > 0n;
  }
}

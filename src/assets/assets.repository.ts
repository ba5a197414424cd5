import { Injectable } from '@nestjs/common';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { TagId } from '../core';
import { Database } from '../database/database.module';
import type { EndedBy, Tables } from '../database/tables';
import { SiteModelSource } from '../sites/site-model-source';
import type { Asset, AssetChange, NewAsset, NewStatus } from './asset';
import { toAsset } from './asset-row';
import { chunks } from './chunks';
import { type FollowedTag, followedTags, putOn, putOnFree, TakenError, takeOff } from './tag-assignments';
import { violatedConstraint } from './violated-constraint';

/** The asset, tag assignment and status rows of this process's site. */
@Injectable()
export class AssetsRepository {
  readonly #db: Kysely<Tables>;
  readonly #siteId: string;

  constructor(database: Database, source: SiteModelSource) {
    this.#db = database.kysely;
    this.#siteId = source.site.id;
  }

  /** All assets in use, or those of the given ids. */
  async load(ids?: readonly string[], db: Kysely<Tables> = this.#db): Promise<Asset[]> {
    let query = db
      .selectFrom('asset as a')
      .leftJoin('asset_status as s', (join) =>
        join.onRef('s.asset_id', '=', 'a.id').onRef('s.site_id', '=', 'a.site_id').on('s.ended_at', 'is', null),
      )
      .leftJoin('asset_photo as p', (join) =>
        join.onRef('p.asset_id', '=', 'a.id').onRef('p.site_id', '=', 'a.site_id'),
      )
      .select(['a.id', 'a.name', 'a.kind', 'a.number', 'a.serial', 'a.owner_section_id', 'a.home_unit_id', 'a.notes'])
      .select((eb) => [
        'p.version as photo',
        sql<string[]>`array(${eb
          .selectFrom('tag_assignment as t')
          .select('t.tag_id')
          .whereRef('t.site_id', '=', 'a.site_id')
          .whereRef('t.asset_id', '=', 'a.id')
          .orderBy('t.ordinal')
          .orderBy('t.tag_id')})`.as('tag_ids'),
      ])
      .select(['s.id as status_id', 's.status', 's.note', 's.space_type', 's.set_at'])
      .where('a.site_id', '=', this.#siteId)
      .where('a.retired_at', 'is', null)
      .orderBy('a.id');
    if (ids !== undefined) query = query.where('a.id', 'in', [...ids]);
    return (await query.execute()).map(toAsset);
  }

  /** The tags that are followed, with their class: all, or those of the given ones that are. Read within `trx`. */
  async tags(trx: Transaction<Tables>, only?: readonly TagId[]): Promise<FollowedTag[]> {
    return followedTags(trx, this.#siteId, only);
  }

  /** Enters assets, or changes those that are here, but for their tags. */
  async put(trx: Transaction<Tables>, assets: readonly NewAsset[]): Promise<void> {
    await trx
      .insertInto('asset')
      .values(assets.map((asset) => this.#row(asset)))
      .onConflict((conflict) =>
        conflict.columns(['site_id', 'id']).doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          kind: eb.ref('excluded.kind'),
          number: eb.ref('excluded.number'),
          serial: eb.ref('excluded.serial'),
          notes: eb.ref('excluded.notes'),
          owner_section_id: eb.ref('excluded.owner_section_id'),
          home_unit_id: eb.ref('excluded.home_unit_id'),
          changed_at: sql`now()`,
        })),
      )
      .execute();
  }

  /** @throws TakenError when the id or the tag is in use */
  async create(asset: NewAsset): Promise<void> {
    await this.#unlessTaken(asset.id, async (trx) => {
      await trx.insertInto('asset').values(this.#row(asset)).execute();
      await putOn(trx, this.#siteId, asset, asset.tagIds);
    });
  }

  /** @returns the tags put on or taken off; null when there is no such asset. @throws TakenError */
  async change(id: string, { tagIds, ...change }: AssetChange): Promise<readonly TagId[] | null> {
    return this.#db.transaction().execute(async (trx) => {
      const { name, kind, number, serial, notes } = change;
      const changed = await trx
        .updateTable('asset')
        .set({ name, kind, number, serial, notes, changed_at: sql`now()` })
        .set({ owner_section_id: change.ownerSectionId, home_unit_id: change.homeUnitId })
        .where('site_id', '=', this.#siteId)
        .where('id', '=', id)
        .where('retired_at', 'is', null)
        .returning(['id', 'name'])
        .executeTakeFirst();
      if (changed === undefined) return null;
      if (tagIds === undefined) return [];
      const off = await takeOff(trx, this.#siteId, id);
      await putOn(trx, this.#siteId, changed, tagIds);
      return [...new Set([...off, ...tagIds])];
    });
  }

  /** Takes an asset out of use; its rows stay. @returns the tags taken off; null when there is no such asset */
  async retire(id: string): Promise<readonly TagId[] | null> {
    return this.#db.transaction().execute(async (trx) => {
      const result = await trx
        .updateTable('asset')
        .set({ retired_at: sql`now()` })
        .where('site_id', '=', this.#siteId)
        .where('id', '=', id)
        .where('retired_at', 'is', null)
        .executeTakeFirst();
      return result.numUpdatedRows === 0n ? null : takeOff(trx, this.#siteId, id);
    });
  }

  /** Puts a status in place of the one that held. @returns whether there is such an asset */
  async setStatus(id: string, { status, note, spaceType }: NewStatus): Promise<boolean> {
    return this.#db.transaction().execute(async (trx) => {
      // The asset's row is the lock: two who speak at once are heard one after the other.
      const asset = await trx
        .selectFrom('asset')
        .select('id')
        .where('site_id', '=', this.#siteId)
        .where('id', '=', id)
        .where('retired_at', 'is', null)
        .forUpdate()
        .executeTakeFirst();
      if (asset === undefined) return false;
      await this.#endStatus(trx, id, 'replaced');
      await trx
        .insertInto('asset_status')
        .values({ site_id: this.#siteId, asset_id: id, status, note, space_type: spaceType })
        .execute();
      return true;
    });
  }

  /** @returns whether a status held */
  async clearStatus(id: string): Promise<boolean> {
    return this.#endStatus(this.#db, id, 'cleared');
  }

  /** Ends statuses found to hold no longer; those ended meanwhile are left alone. */
  async endStatuses(rowIds: readonly string[], by: EndedBy): Promise<void> {
    if (rowIds.length === 0) return;
    await this.#db
      .updateTable('asset_status')
      .set({ ended_at: sql`now()`, ended_by: by })
      .where('id', 'in', [...rowIds])
      .where('ended_at', 'is', null)
      .execute();
  }

  /**
   * Adds the assets that were never here, with their tags; those that are, or were, are left as they are. Two
   * processes may do it at once.
   * @returns how many were added, and which tags were in use and so not assigned
   */
  async seed(assets: readonly NewAsset[]): Promise<{ added: number; tagsTaken: readonly TagId[] }> {
    if (assets.length === 0) return { added: 0, tagsTaken: [] };
    return this.#db.transaction().execute(async (trx) => {
      // Always in the order of ids, so that two who seed wait for each other and do not lock each other out.
      const sorted = assets.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const added = new Set<string>();
      for (const some of chunks(sorted, 1_000)) {
        const rows = await trx
          .insertInto('asset')
          .values(some.map((asset) => this.#row(asset)))
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .execute();
        rows.forEach(({ id }) => added.add(id));
      }
      const tagged = sorted.filter(({ id }) => added.has(id));
      return { added: added.size, tagsTaken: await this.#assignFree(trx, tagged) };
    });
  }

  async #assignFree(trx: Transaction<Tables>, assets: readonly NewAsset[]): Promise<TagId[]> {
    const wanted = assets.flatMap(({ id, tagIds }) =>
      tagIds.map((tagId, ordinal) => ({ assetId: id, tagId, ordinal })),
    );
    const taken: TagId[] = [];
    for (const some of chunks(wanted, 1_000)) {
      const assigned = await putOnFree(trx, this.#siteId, some);
      for (const { tagId } of some) if (!assigned.has(tagId)) taken.push(tagId);
    }
    return taken;
  }

  async #unlessTaken<T>(id: string, work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    try {
      return await this.#db.transaction().execute(work);
    } catch (error) {
      if (violatedConstraint(error) === 'asset_pkey') throw new TakenError(`There is or was an asset ${id} already`);
      throw error;
    }
  }

  async #endStatus(db: Kysely<Tables>, id: string, by: EndedBy): Promise<boolean> {
    const result = await db
      .updateTable('asset_status')
      .set({ ended_at: sql`now()`, ended_by: by })
      .where('site_id', '=', this.#siteId)
      .where('asset_id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  #row(asset: NewAsset) {
    const { id, name, kind, number, serial, notes, ownerSectionId, homeUnitId } = asset;
    const named = { site_id: this.#siteId, id, name, kind, number, serial, notes };
    return { ...named, owner_section_id: ownerSectionId, home_unit_id: homeUnitId };
  }
}

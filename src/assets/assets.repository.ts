import { Injectable } from '@nestjs/common';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { TagId } from '../core';
import { Database } from '../database/database.module';
import type { Tables } from '../database/tables';
import { SiteModelSource } from '../sites/site-model-source';
import { type Asset, type AssetChange, type NewAsset, nothingSaid } from './asset';
import { toAsset } from './asset-row';
import { chunks } from './chunks';
import { readSaid } from './read-said';
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
      .where('a.site_id', '=', this.#siteId)
      .where('a.retired_at', 'is', null)
      .orderBy('a.id');
    if (ids !== undefined) query = query.where('a.id', 'in', [...ids]);
    const rows = await query.execute();
    const said = await readSaid(db, this.#siteId, ids);
    return rows.map((row) => toAsset(row, said.get(row.id) ?? nothingSaid));
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

  #row(asset: NewAsset) {
    const { id, name, kind, number, serial, notes, ownerSectionId, homeUnitId } = asset;
    const named = { site_id: this.#siteId, id, name, kind, number, serial, notes };
    return { ...named, owner_section_id: ownerSectionId, home_unit_id: homeUnitId };
  }
}

import { Injectable } from '@nestjs/common';
import { type Kysely, sql, type Transaction } from 'kysely';
import { type TagClass, type TagId, tagId as toTagId } from '../core';
import { Database } from '../database/database.module';
import type { EndedBy, Tables } from '../database/tables';
import { SiteModelSource } from '../sites/site-model-source';
import type { Asset, AssetChange, NewAsset, NewStatus } from './asset';
import { toAsset } from './asset-row';
import { violatedConstraint } from './violated-constraint';

/** An asset id or a tag is already in use. */
export class TakenError extends Error {
  override name = 'TakenError';
}

export interface FollowedTag {
  readonly tagId: TagId;
  readonly class: TagClass;
}

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
  async load(ids?: readonly string[]): Promise<Asset[]> {
    let query = this.#db
      .selectFrom('asset as a')
      .leftJoin('tag_assignment as t', (join) =>
        join.onRef('t.asset_id', '=', 'a.id').onRef('t.site_id', '=', 'a.site_id'),
      )
      .leftJoin('asset_status as s', (join) =>
        join.onRef('s.asset_id', '=', 'a.id').onRef('s.site_id', '=', 'a.site_id').on('s.ended_at', 'is', null),
      )
      .select(['a.id', 'a.name', 'a.kind', 'a.number', 'a.serial', 'a.owner_section_id', 'a.home_unit_id', 't.tag_id'])
      .select(['s.id as status_id', 's.status', 's.note', 's.space_type', 's.set_at'])
      .where('a.site_id', '=', this.#siteId)
      .where('a.retired_at', 'is', null)
      .orderBy('a.id');
    if (ids !== undefined) query = query.where('a.id', 'in', [...ids]);
    return (await query.execute()).map(toAsset);
  }

  /** The tags that are followed, with their class: all, or those of the given ones that are. Read within `trx`. */
  async tags(trx: Transaction<Tables>, only?: readonly TagId[]): Promise<FollowedTag[]> {
    let query = trx.selectFrom('tag_assignment').select(['tag_id', 'class']).where('site_id', '=', this.#siteId);
    if (only !== undefined) query = query.where('tag_id', 'in', [...only]);
    const rows = await query.execute();
    return rows.map((row) => ({ tagId: toTagId(row.tag_id), class: row.class }));
  }

  /** @throws TakenError when the id or the tag is in use */
  async create(asset: NewAsset): Promise<void> {
    await this.#unlessTaken(asset.id, asset.tagId, async (trx) => {
      await trx.insertInto('asset').values(this.#row(asset)).execute();
      if (asset.tagId !== null) await this.#assign(trx, asset.id, asset.tagId);
    });
  }

  /** @returns the tags put on or taken off; null when there is no such asset. @throws TakenError */
  async change(id: string, { tagId, ...change }: AssetChange): Promise<readonly TagId[] | null> {
    return this.#unlessTaken(id, tagId ?? null, async (trx) => {
      const { name, kind, number, serial } = change;
      const result = await trx
        .updateTable('asset')
        .set({ name, kind, number, serial, changed_at: sql`now()` })
        .set({ owner_section_id: change.ownerSectionId, home_unit_id: change.homeUnitId })
        .where('site_id', '=', this.#siteId)
        .where('id', '=', id)
        .where('retired_at', 'is', null)
        .executeTakeFirst();
      if (result.numUpdatedRows === 0n) return null;
      if (tagId === undefined) return [];
      const off = await this.#unassign(trx, id);
      if (tagId === null) return off;
      await this.#assign(trx, id, tagId);
      return [...off, tagId];
    });
  }

  /** Takes an asset out of use; its rows stay. @returns the tag taken off, if any; null when there is no such asset */
  async retire(id: string): Promise<readonly TagId[] | null> {
    return this.#db.transaction().execute(async (trx) => {
      const result = await trx
        .updateTable('asset')
        .set({ retired_at: sql`now()` })
        .where('site_id', '=', this.#siteId)
        .where('id', '=', id)
        .where('retired_at', 'is', null)
        .executeTakeFirst();
      return result.numUpdatedRows === 0n ? null : this.#unassign(trx, id);
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
      const tagged = sorted.filter((asset) => asset.tagId !== null && added.has(asset.id));
      return { added: added.size, tagsTaken: await this.#assignFree(trx, tagged) };
    });
  }

  async #assignFree(trx: Transaction<Tables>, assets: readonly NewAsset[]): Promise<TagId[]> {
    const taken: TagId[] = [];
    for (const some of chunks(assets, 1_000)) {
      const rows = await trx
        .insertInto('tag_assignment')
        .values(some.map(({ id, tagId }) => this.#assignment(id, tagId ?? '')))
        .onConflict((conflict) => conflict.doNothing())
        .returning('tag_id')
        .execute();
      const assigned = new Set(rows.map((row) => row.tag_id));
      for (const { tagId } of some) if (tagId !== null && !assigned.has(tagId)) taken.push(tagId);
    }
    return taken;
  }

  async #unlessTaken<T>(id: string, tagId: TagId | null, work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    try {
      return await this.#db.transaction().execute(work);
    } catch (error) {
      const constraint = violatedConstraint(error);
      if (constraint === 'asset_pkey') throw new TakenError(`There is or was an asset ${id} already`);
      if (constraint === 'tag_assignment_pkey') throw new TakenError(`Tag ${tagId ?? ''} is in use already`);
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

  async #assign(trx: Transaction<Tables>, id: string, tagId: TagId): Promise<void> {
    await trx.insertInto('tag_assignment').values(this.#assignment(id, tagId)).execute();
  }

  async #unassign(trx: Transaction<Tables>, id: string): Promise<TagId[]> {
    const rows = await trx
      .deleteFrom('tag_assignment')
      .where('site_id', '=', this.#siteId)
      .where('asset_id', '=', id)
      .returning('tag_id')
      .execute();
    return rows.map((row) => toTagId(row.tag_id));
  }

  #assignment(id: string, tagId: string): { site_id: string; tag_id: string; class: TagClass; asset_id: string } {
    return { site_id: this.#siteId, tag_id: tagId, class: 'asset', asset_id: id };
  }

  #row(asset: NewAsset) {
    const { id, name, kind, number, serial, ownerSectionId, homeUnitId } = asset;
    const named = { site_id: this.#siteId, id, name, kind, number, serial };
    return { ...named, owner_section_id: ownerSectionId, home_unit_id: homeUnitId };
  }
}

function* chunks<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size);
}

import { Injectable } from '@nestjs/common';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Availability, CorrectionCode, OutOfUse, StatusSource } from '../core';
import { Database } from '../database/database.module';
import type { EndedBy, Tables } from '../database/tables';
import { SiteModelSource } from '../sites/site-model-source';

export interface NewStatus {
  readonly status: Availability;
  readonly source: StatusSource;
  readonly note: string | null;
  readonly reason: OutOfUse | null;
  readonly spaceType: string | null;
  /** With a correction: its code, and when it was said, epoch ms. */
  readonly correction?: { readonly code: CorrectionCode; readonly saidAt: number };
}

interface StatusRows {
  readonly id: string;
  /** The row that held before; null when none did. */
  readonly replaced: string | null;
}

/** What staff and devices say of an asset's availability: one status of each source holds at a time. */
@Injectable()
export class StatusBook {
  readonly #db: Kysely<Tables>;
  readonly #siteId: string;

  constructor(database: Database, source: SiteModelSource) {
    this.#db = database.kysely;
    this.#siteId = source.site.id;
  }

  /** Puts a status in place of the one of its source that held. @returns whether there is such an asset */
  async set(assetId: string, status: NewStatus): Promise<boolean> {
    return this.#db.transaction().execute(async (trx) => {
      if (!(await this.lock(trx, assetId))) return false;
      await this.put(trx, assetId, status);
      return true;
    });
  }

  /** The asset's row is the lock: two who speak at once are heard one after the other. @returns whether it is in use */
  async lock(trx: Transaction<Tables>, assetId: string): Promise<boolean> {
    const asset = await trx
      .selectFrom('asset')
      .select('id')
      .where('site_id', '=', this.#siteId)
      .where('id', '=', assetId)
      .where('retired_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    return asset !== undefined;
  }

  /** Within `trx`, the asset locked. A device that says again what it said only confirms it. */
  async put(trx: Transaction<Tables>, assetId: string, status: NewStatus): Promise<StatusRows> {
    const { source, note, reason, spaceType, correction } = status;
    const confirmed = source === 'device' ? await this.#confirm(trx, assetId, status) : null;
    if (confirmed !== null) return { id: confirmed, replaced: null };
    const replaced = await this.#end(trx, assetId, source, 'replaced');
    const { id } = await trx
      .insertInto('asset_status')
      .values({
        site_id: this.#siteId,
        asset_id: assetId,
        status: status.status,
        source,
        note,
        reason,
        space_type: spaceType,
        ...(correction === undefined ? {} : { correction: correction.code, set_at: new Date(correction.saidAt) }),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { id, replaced };
  }

  /** @returns whether a status held */
  async clear(assetId: string, source: StatusSource): Promise<boolean> {
    return (await this.#end(this.#db, assetId, source, 'cleared')) !== null;
  }

  /** Clears a staff status if it says this. */
  async clearIf(trx: Transaction<Tables>, assetId: string, status: Availability): Promise<void> {
    await this.#ending(trx, assetId, 'staff', 'cleared').where('status', '=', status).execute();
  }

  /** Takes back a status that still holds, and lets the one it replaced hold again. Within `trx`, the asset locked. */
  async undo(trx: Transaction<Tables>, { id, replaced }: StatusRows): Promise<void> {
    const ended = await trx
      .updateTable('asset_status')
      .set({ ended_at: sql`now()`, ended_by: 'undone' })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (ended.numUpdatedRows === 0n || replaced === null) return;
    await trx
      .updateTable('asset_status')
      .set({ ended_at: null, ended_by: null })
      .where('id', '=', replaced)
      .where('ended_by', '=', 'replaced')
      .execute();
  }

  /** Ends statuses found to hold no longer; those ended meanwhile are left alone. */
  async endAll(rowIds: readonly string[], by: EndedBy): Promise<void> {
    if (rowIds.length === 0) return;
    await this.#db
      .updateTable('asset_status')
      .set({ ended_at: sql`now()`, ended_by: by })
      .where('id', 'in', [...rowIds])
      .where('ended_at', 'is', null)
      .execute();
  }

  async #confirm(trx: Transaction<Tables>, assetId: string, { status, note }: NewStatus): Promise<string | null> {
    const row = await trx
      .updateTable('asset_status')
      .set({ confirmed_at: sql`now()` })
      .where('site_id', '=', this.#siteId)
      .where('asset_id', '=', assetId)
      .where('source', '=', 'device')
      .where('ended_at', 'is', null)
      .where('status', '=', status)
      .where(sql<boolean>`note is not distinct from ${note}`)
      .returning('id')
      .executeTakeFirst();
    return row?.id ?? null;
  }

  /** @returns the row that held */
  async #end(db: Kysely<Tables>, assetId: string, source: StatusSource, by: EndedBy): Promise<string | null> {
    const row = await this.#ending(db, assetId, source, by).returning('id').executeTakeFirst();
    return row?.id ?? null;
  }

  #ending(db: Kysely<Tables>, assetId: string, source: StatusSource, by: EndedBy) {
    return db
      .updateTable('asset_status')
      .set({ ended_at: sql`now()`, ended_by: by })
      .where('site_id', '=', this.#siteId)
      .where('asset_id', '=', assetId)
      .where('source', '=', source)
      .where('ended_at', 'is', null);
  }
}

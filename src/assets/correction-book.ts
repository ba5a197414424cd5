import { Injectable } from '@nestjs/common';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Availability, CorrectionCode } from '../core';
import { Database } from '../database/database.module';
import type { Tables } from '../database/tables';
import { SiteModelSource } from '../sites/site-model-source';
import { ClaimBook } from './claim-book';
import { StatusBook } from './status-book';

export interface NewCorrection {
  readonly id: string;
  readonly assetId: string;
  readonly kind: string;
  readonly tablet: string;
  readonly code: CorrectionCode;
  readonly note: string | null;
  /** Epoch ms, not in the future. */
  readonly saidAt: number;
  /** How long the search took that found it; null when that is not known. */
  readonly searchedMs: number | null;
  /** What was shown when it arrived. */
  readonly unitId: string | null;
  readonly spaceType: string | null;
  readonly misled: readonly string[];
}

export type CorrectionOutcome =
  | 'taken'
  /** This very correction was taken before. */
  | 'repeated'
  /** Somebody else said something else since. */
  | 'superseded'
  /** Its id was used for something else. */
  | 'id-taken'
  | 'no-such-asset';

/** What a correction makes of the asset's status; the others say nothing of it. */
const statusOf: Readonly<Partial<Record<CorrectionCode, Availability>>> = {
  'in-use': 'in-use',
  dirty: 'needs-cleaning',
  broken: 'out-of-service',
  free: 'free',
};

/** Corrections after which whoever made them is not on the way to the asset any more. */
const endsClaim: ReadonlySet<CorrectionCode> = new Set(['not-here', 'in-use', 'dirty', 'broken', 'returned']);

/** How long a tablet's id is kept with a correction: for its repeats, its undoing and what it may not overrule. */
const tabletKept = sql<Date>`now() - interval '1 day'`;

/** What people found otherwise than shown, in the order it reached us. */
@Injectable()
export class CorrectionBook {
  readonly #db: Kysely<Tables>;
  readonly #siteId: string;

  constructor(
    database: Database,
    source: SiteModelSource,
    private readonly statuses: StatusBook,
    private readonly claims: ClaimBook,
  ) {
    this.#db = database.kysely;
    this.#siteId = source.site.id;
  }

  /** Takes a correction and all that follows of it, or nothing. */
  async take(correction: NewCorrection): Promise<CorrectionOutcome> {
    return this.#db.transaction().execute(async (trx) => {
      if (!(await this.statuses.lock(trx, correction.assetId))) return 'no-such-asset';
      const before = await this.#find(trx, correction.id);
      if (before !== undefined) return before.asset_id === correction.assetId ? 'repeated' : 'id-taken';
      if (correction.code !== 'found' && (await this.#isSuperseded(trx, correction))) return 'superseded';
      await this.#write(trx, correction);
      return 'taken';
    });
  }

  /** Takes it back. @returns whether there is or was such a correction of this asset */
  async undo(assetId: string, id: string): Promise<boolean> {
    return this.#db.transaction().execute(async (trx) => {
      if (!(await this.statuses.lock(trx, assetId))) return false;
      const row = await this.#find(trx, id);
      if (row === undefined || row.asset_id !== assetId) return false;
      if (row.undone_at !== null) return true;
      await trx
        .updateTable('correction')
        .set({ undone_at: sql`now()` })
        .where('id', '=', id)
        .execute();
      await trx.deleteFrom('search_time').where('correction_id', '=', id).execute();
      const { status_id, replaced_status_id } = row;
      if (status_id !== null) await this.statuses.undo(trx, { id: status_id, replaced: replaced_status_id });
      return true;
    });
  }

  /** Forgets which tablets old corrections came from. */
  async forgetTablets(): Promise<void> {
    await this.#db
      .updateTable('correction')
      .set({ tablet: null })
      .where('site_id', '=', this.#siteId)
      .where('tablet', 'is not', null)
      .where('received_at', '<', tabletKept)
      .execute();
  }

  #find(trx: Transaction<Tables>, id: string) {
    return trx.selectFrom('correction').selectAll().where('id', '=', id).executeTakeFirst();
  }

  async #write(trx: Transaction<Tables>, correction: NewCorrection): Promise<void> {
    const { id, assetId, kind, tablet, code, note, saidAt, searchedMs, unitId, spaceType, misled } = correction;
    const status = statusOf[code];
    const rows =
      status === undefined
        ? null
        : await this.statuses.put(trx, assetId, {
            status,
            source: 'staff',
            note,
            reason: code === 'broken' ? 'fault' : null,
            spaceType,
            correction: { code, saidAt },
          });
    if (code === 'returned') await this.statuses.clearIf(trx, assetId, 'in-use');
    if (endsClaim.has(code)) await this.claims.release(assetId, tablet, trx);
    const site_id = this.#siteId;
    const said = { id, site_id, asset_id: assetId, tablet, code, note, said_at: new Date(saidAt) };
    const found = { unit_id: unitId, misled: [...misled] };
    await trx
      .insertInto('correction')
      .values({ ...said, ...found, status_id: rows?.id ?? null, replaced_status_id: rows?.replaced ?? null })
      .execute();
    if (searchedMs === null) return;
    await trx
      .insertInto('search_time')
      .values({ correction_id: id, site_id, kind, found_at: new Date(saidAt), seconds: searchedMs / 1000 })
      .execute();
  }

  /** Whether somebody else said something else after this was said and before it came here. */
  async #isSuperseded(trx: Transaction<Tables>, { assetId, tablet, code, saidAt }: NewCorrection): Promise<boolean> {
    const at = new Date(saidAt);
    const { rows } = await sql<{ is: boolean }>`
      select exists (
        select from correction where site_id = ${this.#siteId} and asset_id = ${assetId} and undone_at is null
          and tablet is distinct from ${tablet} and code <> ${code} and said_at > ${at}
      ) or exists (
        select from asset_status where site_id = ${this.#siteId} and asset_id = ${assetId} and ended_at is null
          and source = 'staff' and correction is null and status <> ${statusOf[code] ?? ''} and set_at > ${at}
      ) or exists (
        select from claim where site_id = ${this.#siteId} and asset_id = ${assetId} and until > now()
          and tablet <> ${tablet} and claimed_at > ${at}
      ) as is`.execute(trx);
    return rows[0]?.is ?? false;
  }
}

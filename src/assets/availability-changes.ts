import { Injectable, Logger } from '@nestjs/common';
import { type Kysely, sql, type Transaction } from 'kysely';
import { Counter } from 'prom-client';
import type { Availability } from '../core';
import { Database } from '../database/database.module';
import type { Tables } from '../database/tables';
import type { AssetView } from '../live/protocol';
import { SiteModelSource } from '../sites/site-model-source';

/** Rows a query carries. */
const batchSize = 2_000;
/** Changes that wait for a database that is away; beyond it only the newest of each asset are kept. */
const mostWaiting = 50_000;

const written = new Counter({
  name: 'whereabouts_availability_changes_total',
  help: 'Changes of availability stored',
  labelNames: ['to'],
});

interface Change {
  readonly assetId: string;
  readonly kind: string;
  readonly status: Availability;
  readonly probability: number;
  readonly cause: string | null;
  readonly unitId: string | null;
  readonly sectionId: string | null;
  readonly at: number;
}

/**
 * Stores every change of availability once: a table has the status last written of each asset, and a change that is no
 * change to it, or older than it, writes nothing, whoever tries. While the database is away changes wait here.
 */
@Injectable()
export class AvailabilityChanges {
  readonly #log = new Logger('Assets');
  readonly #db: Kysely<Tables>;
  readonly #siteId: string;
  /** What this process last noted of each asset; emptied by `startOver`, and `forget` by asset. */
  readonly #noted = new Map<string, Availability>();
  #waiting: Change[] = [];
  #isAway = false;

  constructor(database: Database, source: SiteModelSource) {
    this.#db = database.kysely;
    this.#siteId = source.site.id;
  }

  /** What others wrote meanwhile is not known: everything noted next is compared with the table. */
  startOver(): void {
    this.#noted.clear();
  }

  forget(assetId: string): void {
    this.#noted.delete(assetId);
  }

  /** Takes down what has changed. @param at epoch ms */
  note(views: readonly AssetView[], at: number): void {
    for (const { id, kind, availability, place } of views) {
      const { status, probability, evidence } = availability;
      if (this.#noted.get(id) === status) continue;
      this.#noted.set(id, status);
      const where = { unitId: place?.unitId ?? null, sectionId: place?.sectionId ?? null };
      this.#waiting.push({ assetId: id, kind, status, probability, cause: evidence[0]?.code ?? null, ...where, at });
    }
    if (this.#waiting.length > mostWaiting) this.#waiting = newestOfEach(this.#waiting);
  }

  /** Writes what waits; when the database is away it goes on waiting. */
  async write(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const batch = firstOfEach(this.#waiting, batchSize);
        await this.#db.transaction().execute((trx) => this.#writeBatch(trx, batch));
        const done = new Set(batch);
        this.#waiting = this.#waiting.filter((change) => !done.has(change));
      }
      this.#isAway = false;
    } catch (error) {
      if (!this.#isAway) this.#log.warn(`Changes of availability wait: ${String(error)}`);
      this.#isAway = true;
    }
  }

  /** At most one change of each asset. */
  async #writeBatch(trx: Transaction<Tables>, batch: readonly Change[]): Promise<void> {
    const column = <K extends keyof Change>(key: K): Change[K][] => batch.map((change) => change[key]);
    // The rows are locked in one order, so that two who write wait for each other.
    const { rows: before } = await sql<{ asset_id: string; status: Availability }>`
      select asset_id, status from availability_state
      where site_id = ${this.#siteId} and asset_id = any(${column('assetId')}::text[]) order by asset_id for update`.execute(
      trx,
    );
    const { rows: changed } = await sql<{ asset_id: string }>`
      insert into availability_state as state (site_id, asset_id, status, at)
      select ${this.#siteId}, * from unnest(${column('assetId')}::text[], ${column('status')}::text[],
        ${column('at').map((at) => new Date(at))}::timestamptz[])
      on conflict (site_id, asset_id) do update set status = excluded.status, at = excluded.at
      where state.status <> excluded.status and state.at < excluded.at
      returning asset_id`.execute(trx);
    if (changed.length === 0) return;
    const from = new Map(before.map(({ asset_id, status }) => [asset_id, status]));
    const isChanged = new Set(changed.map(({ asset_id }) => asset_id));
    const rows = batch.filter(({ assetId }) => isChanged.has(assetId));
    await trx
      .insertInto('availability_change')
      .values(
        rows.map(({ assetId, kind, status, probability, cause, unitId, sectionId, at }) => ({
          ...{ site_id: this.#siteId, asset_id: assetId, kind, from_status: from.get(assetId) ?? null },
          ...{ to_status: status, probability, cause, unit_id: unitId, section_id: sectionId, at: new Date(at) },
        })),
      )
      .execute();
    for (const { status } of rows) written.inc({ to: status });
  }
}

/** The first change of each asset that waits, in order, up to so many. */
function firstOfEach(changes: readonly Change[], most: number): Change[] {
  const first = new Map<string, Change>();
  for (const change of changes) {
    if (!first.has(change.assetId)) first.set(change.assetId, change);
    if (first.size >= most) break;
  }
  return [...first.values()];
}

const newestOfEach = (changes: readonly Change[]): Change[] => [
  ...new Map(changes.map((change) => [change.assetId, change])).values(),
];

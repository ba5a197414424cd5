import { type Kysely, sql } from 'kysely';
import type { Correction } from '../core';
import type { AssetStatusTable, Tables } from '../database/tables';
import type { Selectable } from 'kysely';
import { type HeldSaid, type HeldStatus, nothingSaid } from './asset';

/** Corrections older than this have no weight left. */
const correctionsFor = sql<Date>`now() - interval '35 days'`;
/** Of each asset: enough for all that can still count. */
const newestCorrections = 20;

/** What was said of each asset and still counts: of all assets of a site, or of the given ones. */
export async function readSaid(
  db: Kysely<Tables>,
  siteId: string,
  ids?: readonly string[],
): Promise<ReadonlyMap<string, HeldSaid>> {
  const said = new Map<string, HeldSaid>();
  const put = (id: string, change: Partial<HeldSaid>): void => {
    said.set(id, { ...(said.get(id) ?? nothingSaid), ...change });
  };
  const [statuses, claims, corrections] = await Promise.all([
    statusesOf(db, siteId, ids),
    claimsOf(db, siteId, ids),
    correctionsOf(db, siteId, ids),
  ]);
  for (const row of statuses) put(row.asset_id, { [row.source]: toHeldStatus(row) });
  for (const { asset_id, tablet, claimed_at, until } of claims) {
    put(asset_id, { claim: { by: tablet, at: claimed_at.getTime(), until: until.getTime() } });
  }
  for (const [id, ofOne] of corrections) put(id, { corrections: ofOne });
  return said;
}

function statusesOf(db: Kysely<Tables>, siteId: string, ids?: readonly string[]) {
  let query = db.selectFrom('asset_status').selectAll().where('site_id', '=', siteId).where('ended_at', 'is', null);
  if (ids !== undefined) query = query.where('asset_id', 'in', [...ids]);
  return query.execute();
}

function claimsOf(db: Kysely<Tables>, siteId: string, ids?: readonly string[]) {
  let query = db
    .selectFrom('claim')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('until', '>', sql<Date>`now()`);
  if (ids !== undefined) query = query.where('asset_id', 'in', [...ids]);
  return query.execute();
}

async function correctionsOf(
  db: Kysely<Tables>,
  siteId: string,
  ids?: readonly string[],
): Promise<ReadonlyMap<string, Correction[]>> {
  let query = db
    .selectFrom('correction')
    .select(['asset_id', 'code', 'said_at', 'misled'])
    .where('site_id', '=', siteId)
    .where('undone_at', 'is', null)
    .where('said_at', '>', correctionsFor)
    .orderBy('said_at', 'desc')
    .orderBy('received_at', 'desc');
  if (ids !== undefined) query = query.where('asset_id', 'in', [...ids]);
  const byAsset = new Map<string, Correction[]>();
  for (const { asset_id, code, said_at, misled } of await query.execute()) {
    const ofOne = byAsset.get(asset_id) ?? [];
    if (ofOne.length < newestCorrections) ofOne.push({ code, at: said_at.getTime(), misled });
    byAsset.set(asset_id, ofOne);
  }
  return byAsset;
}

function toHeldStatus(row: Selectable<AssetStatusTable>): HeldStatus {
  const { id, status, note, reason, correction, space_type, set_at, confirmed_at } = row;
  const at = set_at.getTime();
  const confirmedAt = confirmed_at?.getTime() ?? at;
  return { rowId: id, status, note, reason, correction, spaceType: space_type, at, confirmedAt };
}

import { sql, type Transaction } from 'kysely';
import { type TagClass, type TagId, tagId as toTagId } from '../core';
import type { Tables } from '../database/tables';

/** An asset id or a tag is already in use; the message says by what. */
export class TakenError extends Error {
  override name = 'TakenError';
}

export interface FollowedTag {
  readonly tagId: TagId;
  readonly class: TagClass;
}

/** An asset as people call it. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** The tags that are followed, with their class: all, or those of the given ones that are. */
export async function followedTags(
  trx: Transaction<Tables>,
  siteId: string,
  only?: readonly TagId[],
): Promise<FollowedTag[]> {
  let query = trx.selectFrom('tag_assignment').select(['tag_id', 'class']).where('site_id', '=', siteId);
  if (only !== undefined) query = query.where('tag_id', 'in', [...only]);
  const rows = await query.execute();
  return rows.map((row) => ({ tagId: toTagId(row.tag_id), class: row.class }));
}

/** Takes all tags off an asset. @returns them */
export async function takeOff(trx: Transaction<Tables>, siteId: string, assetId: string): Promise<TagId[]> {
  const rows = await trx
    .deleteFrom('tag_assignment')
    .where('site_id', '=', siteId)
    .where('asset_id', '=', assetId)
    .returning('tag_id')
    .execute();
  return rows.map((row) => toTagId(row.tag_id));
}

/** Puts tags on an asset, the first one first. @throws TakenError naming both assets when another wears one */
export async function putOn(
  trx: Transaction<Tables>,
  siteId: string,
  asset: Named,
  tagIds: readonly TagId[],
): Promise<void> {
  if (tagIds.length === 0) return;
  const wanted = tagIds.map((tagId, ordinal) => ({ assetId: asset.id, tagId, ordinal }));
  const put = await putOnFree(trx, siteId, wanted);
  const taken = tagIds.find((tagId) => !put.has(tagId));
  if (taken !== undefined) throw new TakenError(await sayTaken(trx, siteId, asset, taken));
}

export interface WantedTag {
  readonly assetId: string;
  readonly tagId: TagId;
  readonly ordinal: number;
}

/** Assigns those of the tags that nothing else wears; enrolled tags on no asset are free. @returns the ones assigned */
export async function putOnFree(
  trx: Transaction<Tables>,
  siteId: string,
  wanted: readonly WantedTag[],
): Promise<Set<string>> {
  const rows = await trx
    .insertInto('tag_assignment')
    .values(
      wanted.map(({ assetId, tagId, ordinal }) => {
        return { site_id: siteId, tag_id: tagId, class: 'asset' as const, asset_id: assetId, ordinal };
      }),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['site_id', 'tag_id'])
        .doUpdateSet({
          asset_id: (eb) => eb.ref('excluded.asset_id'),
          ordinal: (eb) => eb.ref('excluded.ordinal'),
          assigned_at: sql`now()`,
        })
        .where('tag_assignment.asset_id', 'is', null)
        .where('tag_assignment.class', '=', 'asset'),
    )
    .returning('tag_id')
    .execute();
  return new Set(rows.map((row) => row.tag_id));
}

async function sayTaken(trx: Transaction<Tables>, siteId: string, { id, name }: Named, tagId: TagId): Promise<string> {
  const worn = await trx
    .selectFrom('tag_assignment as t')
    .leftJoin('asset as a', (join) => join.onRef('a.site_id', '=', 't.site_id').onRef('a.id', '=', 't.asset_id'))
    .select(['a.id', 'a.name', 't.class'])
    .where('t.site_id', '=', siteId)
    .where('t.tag_id', '=', tagId)
    .executeTakeFirst();
  const wanted = `it cannot be put on ${name} (${id})`;
  if (worn === undefined) return `Tag ${tagId} was in use a moment ago: try again`;
  if (worn.id === null) return `Tag ${tagId} is a ${worn.class} tag: ${wanted}`;
  return `Tag ${tagId} is on ${worn.name ?? ''} (${worn.id}): ${wanted} as well`;
}

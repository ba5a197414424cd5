import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { BinaryRows } from '../database/binary-rows';
import type { FixRow } from './rows';

/** The columns in the order `encodeFixes` writes them. */
export const fixColumns =
  'tag_id, at, level_id, x, y, radius50, radius90, zone_id, section_id, zone_probability, moving, class';
const columnCount = 12;

/** Copies rows into `fix`, or into a table like it. A row that is there already fails the copy. */
export async function copyFixes(client: PoolClient, fixes: readonly FixRow[], table = 'fix'): Promise<void> {
  if (fixes.length === 0) return;
  const copy = client.query(copyFrom(`copy ${table} (${fixColumns}) from stdin (format binary)`));
  await pipeline(Readable.from(encodeFixes(fixes)), copy);
}

/**
 * The same for rows of which some may be there already: a Redis that lost its last second makes tracking repeat itself.
 * Those stay as they are. Costs about twice as much.
 */
export async function copyNewFixes(client: PoolClient, fixes: readonly FixRow[]): Promise<void> {
  if (fixes.length === 0) return;
  await client.query('create temp table if not exists fix_staged (like fix) on commit delete rows');
  await copyFixes(client, fixes, 'fix_staged');
  await client.query(`insert into fix (${fixColumns}) select ${fixColumns} from fix_staged on conflict do nothing`);
}

/** Rows as COPY takes them, a piece at a time: the server stores one while the next is made. */
export function* encodeFixes(fixes: Iterable<FixRow>): Generator<Buffer> {
  const rows = new BinaryRows();
  for (const { tagId, class: tagClass, fix } of fixes) {
    rows.row(columnCount);
    rows.text(tagId);
    rows.instant(fix.at);
    rows.text(fix.levelId);
    rows.real(fix.x);
    rows.real(fix.y);
    rows.real(fix.radius50);
    rows.real(fix.radius90);
    rows.text(fix.zoneId);
    rows.text(fix.sectionId);
    rows.real(fix.zoneProbability);
    rows.boolean(fix.moving);
    rows.text(tagClass);
    yield* rows.takeFull();
  }
  yield* rows.finish();
}

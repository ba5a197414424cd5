import { setTimeout as wait } from 'node:timers/promises';
import { type ClientBase, DatabaseError, escapeIdentifier } from 'pg';
import type { Migration } from './migration-files';

/** The database and the program do not fit: the message says which file and what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

/**
 * How long a migration waits for a table: whatever reads or writes the table after it waits as long. A file that needs
 * two busy tables holds one for that long while it waits for the other; together less than a second.
 */
const lockTimeoutMs = 400;
const patienceMs = 300_000;
const pauseMs = 500;

/** SQLSTATE: the lock did not come in time; two waited for each other. */
const tryAgain = new Set(['55P03', '40P01']);

/**
 * Runs one file in a transaction of its own. When a table is busy it gives up at once, lets the others go on, and tries
 * again: queries that wait behind a migration never wait longer than a second. A concurrent file runs outside.
 */
export async function applyMigration(client: ClientBase, migration: Migration): Promise<void> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      await (migration.isConcurrent ? applyOutside(client, migration) : applyWithin(client, migration));
      return;
    } catch (error) {
      const isBusy = error instanceof DatabaseError && tryAgain.has(error.code ?? '');
      if (!isBusy) throw failed(migration, error instanceof Error ? error.message : String(error), error);
      if (performance.now() > until) {
        throw failed(migration, 'its tables were busy for five minutes: end the long query that reads them', error);
      }
      await wait(pauseMs * (0.5 + Math.random()));
    }
  }
}

const failed = ({ name }: Migration, why: string, cause: unknown): MigrationError =>
  new MigrationError(`migrations/${name}.sql: ${why}`, { cause });

async function applyWithin(client: ClientBase, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout = ${lockTimeoutMs}`);
    await client.query(migration.sql);
    await remember(client, migration);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** An index whose building was cut off is left behind and of no use: it goes first. */
async function applyOutside(client: ClientBase, migration: Migration): Promise<void> {
  const broken = await client.query<{ name: string }>(
    `select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
     where not i.indisvalid and c.relnamespace = current_schema()::regnamespace`,
  );
  for (const { name } of broken.rows) await client.query(`drop index concurrently ${escapeIdentifier(name)}`);
  for (const statement of migration.sql.split(/;\s*$/m)) {
    if (/^\s*(--.*\s*)*$/.test(statement)) continue;
    await client.query(statement);
  }
  await remember(client, migration);
}

async function remember(client: ClientBase, { name, checksum }: Migration): Promise<void> {
  await client.query('insert into migration (name, checksum) values ($1, $2)', [name, checksum]);
}

import { setTimeout as wait } from 'node:timers/promises';
import { Client, type ClientBase, escapeIdentifier } from 'pg';
import { applyMigration, MigrationError } from './apply-migration';
import { type DatabaseKind, findKind } from './database-kind';
import { type Migration, migrationsDirectory, readMigrations } from './migration-files';

const askForTurnMs = 100;

export interface Migrated {
  readonly kind: DatabaseKind;
  /** Why the kind was chosen, for the log. */
  readonly reason: string;
  /** Names of the migrations that were run now. */
  readonly applied: readonly string[];
}

/**
 * Brings a schema up to date: makes it when missing, then runs what it has not had yet, each file in a transaction of
 * its own. Safe to run twice, and by several processes at once: one works, the others wait and find nothing to do.
 */
export async function migrate(url: string, schema: string, directory = migrationsDirectory()): Promise<Migrated> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    options: `-c search_path=${schema},public`,
  });
  // A connection lost between two queries says so here as well as in the next query.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await takeTurn(client, schema);
    return await bringUpToDate(client, schema, directory);
  } finally {
    // Ending the session gives the lock back.
    await client.end();
  }
}

/**
 * Asks again and again in place of waiting in a query: an index that is built while others write waits for every query
 * that began before it, and would wait for that one for ever.
 */
async function takeTurn(client: ClientBase, schema: string): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ mine: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
      [`whereabouts migrations of ${schema}`],
    );
    if (rows[0]?.mine === true) return;
    await wait(askForTurnMs);
  }
}

async function bringUpToDate(client: ClientBase, schema: string, directory: string): Promise<Migrated> {
  if (schema !== 'public') await client.query(`create schema if not exists ${escapeIdentifier(schema)}`);
  await client.query(
    `create table if not exists ${escapeIdentifier(schema)}.migration
       (name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
  );
  const rows = await client.query<{ name: string; checksum: string }>('select name, checksum from migration');
  const had = new Map(rows.rows.map(({ name, checksum }) => [name, checksum]));
  const { kind, reason } = await findKind(client, kindOf([...had.keys()]));
  const migrations = readMigrations(directory, kind);
  checkHad(migrations, had);
  const applied: string[] = [];
  for (const migration of migrations) {
    if (had.has(migration.name)) continue;
    await applyMigration(client, migration);
    applied.push(migration.name);
  }
  return { kind, reason, applied };
}

/** A schema stays of the kind its first tables were made for. */
function kindOf(names: readonly string[]): DatabaseKind | null {
  if (names.some((name) => name.endsWith('.timescale'))) return 'timescale';
  return names.some((name) => name.endsWith('.plain')) ? 'plain' : null;
}

function checkHad(migrations: readonly Migration[], had: ReadonlyMap<string, string>): void {
  const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]));
  for (const [name, checksum] of had) {
    const current = known.get(name);
    if (current === undefined) {
      throw new MigrationError(
        `The database has had migration ${name}, which this version of Whereabouts does not know: start the newer one`,
      );
    }
    if (current !== checksum) {
      throw new MigrationError(
        `migrations/${name}.sql was changed after this database had it: put it back and make the change in a new file`,
      );
    }
  }
}

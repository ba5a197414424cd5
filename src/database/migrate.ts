import { Client, type ClientBase, escapeIdentifier } from 'pg';
import { type DatabaseKind, findKind } from './database-kind';
import { type Migration, migrationsDirectory, readMigrations } from './migration-files';

/** The database and the program do not fit: the message says which file and what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

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
    await client.query(`select pg_advisory_lock(hashtextextended($1, 0))`, [`whereabouts migrations of ${schema}`]);
    return await bringUpToDate(client, schema, directory);
  } finally {
    // Ending the session gives the lock back.
    await client.end();
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
  const { kind, reason } = kindOf([...had.keys()]) ?? (await findKind(client));
  const migrations = readMigrations(directory, kind);
  checkHad(migrations, had);
  const applied: string[] = [];
  for (const migration of migrations) {
    if (had.has(migration.name)) continue;
    await apply(client, migration);
    applied.push(migration.name);
  }
  return { kind, reason, applied };
}

/** A schema stays of the kind its first tables were made for. */
function kindOf(names: readonly string[]): { kind: DatabaseKind; reason: string } | null {
  if (names.some((name) => name.endsWith('.timescale'))) return { kind: 'timescale', reason: 'TimescaleDB' };
  if (names.some((name) => name.endsWith('.plain'))) {
    return { kind: 'plain', reason: 'Plain PostgreSQL, as its tables were made' };
  }
  return null;
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

async function apply(client: ClientBase, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into migration (name, checksum) values ($1, $2)', [name, checksum]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new MigrationError(`migrations/${name}.sql: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

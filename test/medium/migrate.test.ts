import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import type { Config } from '../../src/config/config';
import { MigrationError } from '../../src/database/apply-migration';
import { migrate } from '../../src/database/migrate';
import { migrationsDirectory } from '../../src/database/migration-files';
import { dropSchema, privateConfig } from '../support/private-services';

function settings(): { url: string; schema: string } {
  const config: Config = privateConfig();
  onTestFinished(() => dropSchema(config));
  return { url: config.databaseUrl ?? '', schema: config.databaseSchema };
}

function copyOfMigrations(): string {
  const directory = mkdtempSync(join(tmpdir(), 'whereabouts-migrations-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  cpSync(migrationsDirectory(), directory, { recursive: true });
  return directory;
}

test('a second run finds nothing to do', async () => {
  const { url, schema } = settings();
  const first = await migrate(url, schema);
  expect(first.applied).toContain(`0001_history.${first.kind}`);
  const second = await migrate(url, schema);
  expect(second).toMatchObject({ kind: first.kind, applied: [] });
});

test('of several processes that migrate at once, one works and the others wait', async () => {
  const { url, schema } = settings();
  const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(url, schema)));
  const applied = runs.flatMap((run) => run.applied);
  expect(new Set(applied).size).toBe(applied.length);
  expect(runs.filter((run) => run.applied.length > 0)).toHaveLength(1);
});

test('a file changed after it was applied is refused by name', async () => {
  const { url, schema } = settings();
  const directory = copyOfMigrations();
  const { kind } = await migrate(url, schema, directory);
  writeFileSync(join(directory, `0001_history.${kind}.sql`), '-- nothing left');
  await expect(migrate(url, schema, directory)).rejects.toThrow(
    new MigrationError(
      `migrations/0001_history.${kind}.sql was changed after this database had it: ` +
        'put it back and make the change in a new file',
    ),
  );
});

test('a file that fails leaves nothing of itself and is run again when mended', async () => {
  const { url, schema } = settings();
  const directory = copyOfMigrations();
  const file = join(directory, '9999_broken.sql');
  writeFileSync(file, 'create table half (id int); select 1 / 0;');
  await expect(migrate(url, schema, directory)).rejects.toThrow('migrations/9999_broken.sql: division by zero');
  writeFileSync(file, 'create table half (id int);');
  expect((await migrate(url, schema, directory)).applied).toEqual(['9999_broken']);
});

test('a database that is ahead of the program is refused', async () => {
  const { url, schema } = settings();
  const directory = copyOfMigrations();
  writeFileSync(join(directory, '9999_future.sql'), 'select 1;');
  await migrate(url, schema, directory);
  await expect(migrate(url, schema)).rejects.toThrow(/9999_future, which this version .* does not know/);
});

async function session(schema: string, url: string): Promise<Client> {
  const client = new Client({ connectionString: url, options: `-c search_path=${schema},public` });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

const insertFix = `insert into fix (tag_id, at, level_id, x, y, radius50, radius90, zone_probability, moving)
  values (gen_random_uuid()::text, now(), 'L0', 1, 1, 1, 2, 0.5, false)`;

test('a migration of a table that a long query reads lets rows be written, and is done when the query ends', async () => {
  const { url, schema } = settings();
  const directory = copyOfMigrations();
  await migrate(url, schema, directory);
  const [reader, writer] = [await session(schema, url), await session(schema, url)];
  await reader.query('begin');
  await reader.query('select count(*) from fix');
  writeFileSync(join(directory, '9999_busy.sql'), 'alter table fix add column note text;');
  let done = false;
  const migrated = migrate(url, schema, directory).finally(() => (done = true));
  let longestMs = 0;
  const until = performance.now() + 3_000;
  while (performance.now() < until) {
    const from = performance.now();
    await writer.query(insertFix);
    longestMs = Math.max(longestMs, performance.now() - from);
  }
  expect(done).toBe(false);
  await reader.query('commit');
  expect((await migrated).applied).toEqual(['9999_busy']);
  expect(longestMs).toBeLessThan(1_000);
});

test('an index is built while rows are written, and what a cut off attempt left goes first', async () => {
  const { url, schema } = settings();
  const directory = copyOfMigrations();
  await migrate(url, schema, directory);
  const client = await session(schema, url);
  await client.query(
    `insert into stay (tag_id, zone_id, level_id, entered_at, left_at)
     values ('a', 'same', 'L0', now() - interval '2 hours', now()), ('b', 'same', 'L0', now() - interval '1 hour', now())`,
  );
  const file = join(directory, '9999_once.concurrently.sql');
  const sql = '-- why\ncreate unique index concurrently if not exists stay_once on stay (zone_id);\n-- end\n';
  writeFileSync(file, sql);
  await expect(migrate(url, schema, directory)).rejects.toThrow(/9999_once.*could not create unique index/);
  await client.query(`delete from stay where tag_id = 'b'`);
  expect((await migrate(url, schema, directory)).applied).toEqual(['9999_once.concurrently']);
  const { rows } = await client.query(`select indisvalid from pg_index where indexrelid = 'stay_once'::regclass`);
  expect(rows).toEqual([{ indisvalid: true }]);
});

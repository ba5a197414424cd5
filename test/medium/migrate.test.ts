import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Config } from '../../src/config/config';
import { migrate, MigrationError } from '../../src/database/migrate';
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

/**
 * Tries the back-up that docs/operating.md describes: some history is written into a new database, dumped by pg_dump,
 * restored into another by pg_restore, and both are asked the same.
 *   npm run try:restore -- postgres://…   of a server whose role may create databases; pg_dump as new as the server
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { loadConfig } from '../../src/config/config';
import { Database } from '../../src/database/database.module';
import { answersOf, writeSomeHistory } from '../support/some-history';

const [server] = process.argv.slice(2);
if (server === undefined || !URL.canParse(server)) {
  process.stderr.write('Give the address of a server: npm run try:restore -- postgres://…\n');
  process.exit(1);
}

const address = server;
const at = (name: string): string => Object.assign(new URL(address), { pathname: `/${name}` }).href;
const [from, to] = [`restore_from_${process.pid}`, `restore_to_${process.pid}`];
const dir = mkdtempSync(join(tmpdir(), 'whereabouts-restore-'));
const dump = join(dir, 'whereabouts.dump');
const now = Date.now();
Logger.overrideLogger(['error']);

async function run(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

async function use<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = new Database(loadConfig({ DATABASE_URL: url }));
  try {
    await database.onModuleInit();
    return await work(database);
  } finally {
    await database.onApplicationShutdown();
  }
}

async function main(): Promise<void> {
  try {
    await tryRestore();
  } finally {
    await run(address, `drop database if exists ${from} with (force)`, `drop database if exists ${to} with (force)`);
    rmSync(dir, { recursive: true, force: true });
  }
}

async function tryRestore(): Promise<void> {
  await run(address, `create database ${from}`, `create database ${to}`);
  const [kind, answers] = await use(at(from), async (database) => {
    await writeSomeHistory(database, now);
    return [database.kind, await answersOf(database, now)] as const;
  });
  execFileSync('pg_dump', ['--format=custom', `--file=${dump}`, at(from)], { stdio: ['ignore', 'ignore', 'ignore'] });
  const isTimescale = kind === 'timescale';
  if (isTimescale) await run(at(to), 'create extension timescaledb', 'select timescaledb_pre_restore()');
  execFileSync('pg_restore', ['--no-owner', `--dbname=${at(to)}`, dump], { stdio: 'inherit' });
  if (isTimescale) await run(at(to), 'select timescaledb_post_restore()');
  const restored = await use(at(to), (database) => answersOf(database, now));
  const isSame = isDeepStrictEqual(restored, answers);
  process.stdout.write(`${kind}: the restored database gives ${isSame ? 'the same' : 'OTHER'} answers\n`);
  process.exitCode = isSame ? 0 : 1;
}

void main();

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { Command, InvalidArgumentError } from 'commander';
import { Client, escapeIdentifier } from 'pg';
import { type Config, loadConfig } from '../config/config';
import { Database } from '../database/database.module';
import { startPostgres } from '../embedded/postgres';
import { startRedis } from '../embedded/redis';
import { RedisConnections } from '../redis/redis.module';
import { fill, type Filled } from './bench/history/fill';
import { type HistoryFigures, inWords, writeReport } from './bench/history/history-report';
import { askQuestions } from './bench/history/questions';
import { measureWrites, type WriteRates } from './bench/history/write-path';
import { withStops } from './bench/with-stops';
import type { Stops } from './start/stops';

interface Options {
  readonly database?: string;
  readonly tags: number;
  readonly days: number;
  readonly written: number;
  readonly out: string;
  readonly plans: string;
  readonly json?: boolean;
}

const count = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('needs a whole number from 1');
  return value;
};

/** `bench:history`: what history costs to write, to keep and to ask. */
export function benchHistoryCommand(): Command {
  return new Command('bench-history')
    .description(
      'How fast rows are written beside a bare COPY, what they weigh, how long questions take; writes docs/history.md',
    )
    .option('--database <url>', 'a PostgreSQL with or without TimescaleDB; the embedded one when not given')
    .option('--tags <n>', 'tags of the made-up past: a row a minute each', count, 500)
    .option('--days <n>', 'days of it', count, 30)
    .option('--written <n>', 'rows written in each measurement of writing', count, 200_000)
    .option('--out <file>', 'where the figures go, in the section of this kind of database', 'docs/history.md')
    .option('--plans <file>', 'where the plans of the questions go', 'src/history/plans.md')
    .option('--json', 'print the figures as JSON and write no files')
    .action((options: Options) => benchHistory(options));
}

async function benchHistory(options: Options): Promise<void> {
  Logger.overrideLogger(['error']);
  const figures = await withStops((stops) => measureOn(options, stops));
  if (options.json === true) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else {
    process.stdout.write(inWords(figures));
    await writeReport(figures, options);
  }
}

async function measureOn(options: Options, stops: Stops): Promise<HistoryFigures> {
  const dataDir = await mkdtemp(join(tmpdir(), 'whereabouts-history-'));
  stops.add('directory', () => rm(dataDir, { recursive: true, force: true }));
  const redis = await stops.start('Redis', startRedis({ dataDir }));
  const schema = `bench_${process.pid}`;
  const url = options.database ?? (await stops.start('PostgreSQL', startPostgres({ dataDir }))).url;
  const config = loadConfig({ DATABASE_URL: named(url, schema), DATABASE_SCHEMA: schema, REDIS_URL: redis.url });
  stops.add('schema', () => dropSchema(url, schema));
  return measure(config, options);
}

/** The same address; sessions are seen under this name. */
function named(url: string, name: string): string {
  if (!URL.canParse(url)) return url;
  const address = new URL(url);
  address.searchParams.set('application_name', name);
  return address.href;
}

async function measure(config: Config, { tags, days, written }: Options): Promise<HistoryFigures> {
  const redis = new RedisConnections(config);
  const database = new Database(config);
  try {
    await redis.onModuleInit();
    await database.onModuleInit();
    const { rows } = await database.pool.query<{ version: string }>(
      `select current_setting('server_version') as version`,
    );
    say('writing');
    const writes: WriteRates = await measureWrites(database, redis, config, written);
    const filled: Filled = await fill(database, { tags, days }, say);
    say('asking');
    const asked = await askQuestions(database, { tags, days });
    return { kind: database.kind, version: rows[0]?.version ?? '', tags, days, writes, filled, asked };
  } finally {
    redis.onApplicationShutdown();
    await database.onApplicationShutdown();
  }
}

/** Progress, on a terminal. */
function say(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${text}\n`);
}

/** Ends what still works in the schema, so that nothing holds its tables. */
async function dropSchema(url: string, schema: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [schema]);
  await client.query(`drop schema if exists ${escapeIdentifier(schema)} cascade`);
  await client.end();
}

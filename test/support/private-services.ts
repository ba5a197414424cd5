import { randomUUID } from 'node:crypto';
import { Client, DatabaseError, escapeIdentifier } from 'pg';
import { inject, onTestFinished } from 'vitest';
import { type Config, loadConfig } from '../../src/config/config';
import { Database } from '../../src/database/database.module';
import { serversOf } from '../../src/redis/client';
import { RedisConnections } from '../../src/redis/redis.module';
import { waitFor } from './wait-for';

/** Settings of a test: the services of this run, with a key prefix and a schema that no other test has. */
export function privateConfig(settings: Readonly<Record<string, string>> = {}): Config {
  const id = randomUUID().replaceAll('-', '').slice(0, 16);
  return loadConfig({
    REDIS_URL: inject('redisUrl'),
    DATABASE_URL: inject('databaseUrl'),
    KEY_PREFIX: `test-${id}:`,
    DATABASE_SCHEMA: `test_${id}`,
    ...settings,
  });
}

/** Connections to Redis for one test; its keys are deleted when it ends. */
export async function privateRedis(config: Config): Promise<RedisConnections> {
  const redis = new RedisConnections(config);
  onTestFinished(async () => {
    await deleteKeys(redis, config.keyPrefix);
    redis.onApplicationShutdown();
  });
  await redis.onModuleInit();
  return redis;
}

async function deleteKeys({ commands }: RedisConnections, prefix: string): Promise<void> {
  if (prefix === '' || commands.status !== 'ready') return;
  for (const server of serversOf(commands)) {
    for await (const keys of server.scanStream({ match: `${prefix}*`, count: 1_000 })) {
      // One by one: on a cluster, a command keeps to the keys of one slot.
      if (Array.isArray(keys)) await Promise.all(keys.map((key) => commands.unlink(String(key))));
    }
  }
}

/** A schema with every migration run; it is dropped when the test ends. */
export async function privateDatabase(config: Config): Promise<Database> {
  onTestFinished(() => dropSchema(config));
  return openDatabase(config);
}

/** Another process's view of the same schema. */
export async function openDatabase(config: Config): Promise<Database> {
  const database = new Database(config);
  onTestFinished(() => database.onApplicationShutdown());
  await database.onModuleInit();
  return database;
}

export async function dropSchema({ databaseUrl, databaseSchema }: Config): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  // A background job of TimescaleDB may be at work on what is dropped: both give up, and the job is gone the next time.
  await waitFor('the schema to be dropped', () =>
    client.query(`drop schema if exists ${escapeIdentifier(databaseSchema)} cascade`).then(
      () => true,
      (error: unknown) => {
        if (error instanceof DatabaseError && /deadlock|concurrently/.test(error.message)) return false;
        throw error;
      },
    ),
  );
  await client.end();
}

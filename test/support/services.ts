import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../src/embedded/postgres';
import { startRedis } from '../../src/embedded/redis';
import { startRedisCluster } from './redis-cluster';

declare module 'vitest' {
  interface ProvidedContext {
    redisUrl: string;
    databaseUrl: string;
  }
}

/**
 * Starts Redis and PostgreSQL once for a test run, in a directory of their own, and gives their addresses to the
 * tests. TEST_DATABASE_URL names another database to use (TimescaleDB); with TEST_REDIS=cluster the tests have a Redis
 * Cluster of three nodes. A service that does not start fails the run.
 */
export default async function startServices(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'whereabouts-test-'));
  const given = process.env.TEST_DATABASE_URL;
  const redis = process.env.TEST_REDIS === 'cluster' ? await startRedisCluster(dataDir) : await startRedis({ dataDir });
  const postgres = given === undefined || given === '' ? await startPostgres({ dataDir, durable: false }) : null;
  project.provide('redisUrl', redis.url);
  project.provide('databaseUrl', postgres?.url ?? given ?? '');
  return async () => {
    await Promise.all([redis.stop(), postgres?.stop()]);
    rmSync(dataDir, { recursive: true, force: true });
  };
}

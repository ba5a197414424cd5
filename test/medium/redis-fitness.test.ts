import type { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { startRedis } from '../../src/embedded/redis';
import type { Config } from '../../src/config/config';
import { RedisConnections } from '../../src/redis/redis.module';
import { serversOf } from '../../src/redis/client';
import { unfitness, unsafety } from '../../src/redis/fitness';
import { ownServer } from '../support/own-server';
import { privateConfig, privateRedis } from '../support/private-services';

/** The server itself. */
async function serverOf(config: Config): Promise<Redis> {
  const [server] = serversOf((await privateRedis(config)).commands);
  if (server === undefined) throw new Error('no server');
  return server;
}

test('the embedded Redis is fit and safe', async () => {
  const own = await ownServer(startRedis);
  const server = await serverOf(privateConfig({ REDIS_URL: own.url }));
  expect([await unfitness(server), await unsafety(server)]).toEqual([null, null]);
});

test('a Redis that evicts keys stops the start with a sentence; one without a file is told of', async () => {
  const own = await ownServer(startRedis);
  const config = privateConfig({ REDIS_URL: own.url });
  const server = await serverOf(config);
  await server.config('SET', 'maxmemory-policy', 'allkeys-lru');
  await server.config('SET', 'appendonly', 'no');
  expect(await unsafety(server)).toContain('appendonly yes');
  const connections = new RedisConnections(config);
  await expect(connections.onModuleInit()).rejects.toThrow(
    `Redis at ${new URL(own.url).host} cannot be used: its maxmemory-policy is allkeys-lru`,
  );
  connections.onApplicationShutdown();
});

test('a read-only replica is refused', async () => {
  const own = await ownServer(startRedis);
  const server = await serverOf(privateConfig({ REDIS_URL: own.url }));
  await server.replicaof('127.0.0.1', 1);
  expect(await unfitness(server)).toContain('read-only replica');
});

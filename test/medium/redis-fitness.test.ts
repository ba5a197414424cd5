import { expect, test } from 'vitest';
import { startRedis } from '../../src/embedded/redis';
import { RedisConnections } from '../../src/redis/redis.module';
import { unfitness, unsafety } from '../../src/redis/fitness';
import { ownServer } from '../support/own-server';
import { privateConfig, privateRedis } from '../support/private-services';

test('the embedded Redis is fit and safe', async () => {
  const own = await ownServer(startRedis);
  const { commands } = await privateRedis(privateConfig({ REDIS_URL: own.url }));
  expect([await unfitness(commands), await unsafety(commands)]).toEqual([null, null]);
});

test('a Redis that evicts keys stops the start with a sentence; one without a file is told of', async () => {
  const own = await ownServer(startRedis);
  const config = privateConfig({ REDIS_URL: own.url });
  const { commands } = await privateRedis(config);
  await commands.config('SET', 'maxmemory-policy', 'allkeys-lru');
  await commands.config('SET', 'appendonly', 'no');
  expect(await unsafety(commands)).toContain('appendonly yes');
  const connections = new RedisConnections(config);
  await expect(connections.onModuleInit()).rejects.toThrow(
    `Redis at ${new URL(own.url).host} cannot be used: its maxmemory-policy is allkeys-lru`,
  );
  connections.onApplicationShutdown();
});

test('a read-only replica is refused', async () => {
  const own = await ownServer(startRedis);
  const { commands } = await privateRedis(privateConfig({ REDIS_URL: own.url }));
  await commands.replicaof('127.0.0.1', 1);
  expect(await unfitness(commands)).toContain('read-only replica');
});

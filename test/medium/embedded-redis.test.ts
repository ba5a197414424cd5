import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { EmbeddedServer } from '../../src/embedded/embedded-server';
import { keepRunning } from '../../src/embedded/keep-running';
import { startRedis } from '../../src/embedded/redis';
import { temporaryDirectory } from '../support/temporary-directory';
import { waitFor } from '../support/wait-for';

async function start(dataDir: string): Promise<EmbeddedServer> {
  const server = await startRedis({ dataDir });
  onTestFinished(() => server.stop());
  return server;
}

function connect(url: string): Redis {
  const redis = new Redis(url);
  redis.on('error', () => undefined);
  onTestFinished(() => redis.disconnect());
  return redis;
}

describe('embedded Redis', () => {
  test('has every answered write after kill -9, on the same port', async () => {
    const dataDir = temporaryDirectory();
    const pids: number[] = [];
    const kept = await keepRunning(
      'Redis',
      async (port) => {
        const server = await startRedis({ dataDir, port });
        pids.push(server.pid);
        return server;
      },
      () => undefined,
    );
    onTestFinished(() => kept.stop());
    const redis = connect(kept.url);
    await Promise.all(Array.from({ length: 1000 }, (_, i) => redis.xadd('sightings', '*', 'b', i)));
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await waitFor('Redis to come back', () => pids.length > 1);
    expect(await redis.xlen('sightings')).toBe(1000);
  });

  test('ends the server that a killed run left behind and takes over its data', async () => {
    const dataDir = temporaryDirectory();
    const orphan = await start(dataDir);
    await connect(orphan.url).set('key', 'value');
    const server = await start(dataDir);
    await orphan.ended;
    expect(await connect(server.url).get('key')).toBe('value');
  });

  test('lets nobody in without the password', async () => {
    const { port } = await start(temporaryDirectory());
    await expect(connect(`redis://127.0.0.1:${port}`).set('key', 'value')).rejects.toThrow(/NOAUTH/);
  });

  test('refuses writes rather than forgetting any when memory is full', async () => {
    const { url } = await start(temporaryDirectory());
    expect(await connect(url).config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
  });
});

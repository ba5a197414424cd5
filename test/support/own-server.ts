import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startRedisCluster } from './redis-cluster';
import type { EmbeddedOptions, EmbeddedServer } from '../../src/embedded/embedded-server';

/** A server that a test may stop and kill; it comes back at the same address with the files it had. */
export interface OwnServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
  /** `kill -9`. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
}

export async function ownServer(launch: (options: EmbeddedOptions) => Promise<EmbeddedServer>): Promise<OwnServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'whereabouts-own-'));
  let server = await launch({ dataDir });
  const { url, port } = server;
  onTestFinished(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    url,
    stop: () => server.stop(),
    kill: async () => {
      process.kill(server.pid, 'SIGKILL');
      await server.ended;
    },
    start: async () => {
      server = await launch({ dataDir, port });
    },
  };
}

/** The same of a Redis Cluster: all its nodes stop, die and start together. */
export async function ownCluster(): Promise<OwnServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'whereabouts-own-'));
  const { url, nodes, agree, stop } = await startRedisCluster(dataDir);
  onTestFinished(async () => {
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    url,
    stop,
    kill: async () => {
      await Promise.all(nodes.map((node) => node.kill()));
    },
    start: async () => {
      await Promise.all(nodes.map((node) => node.start()));
      await agree();
    },
  };
}

import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { EmbeddedServer } from '../../src/embedded/embedded-server';
import { freePort } from '../../src/embedded/free-port';
import { keptPassword } from '../../src/embedded/password';
import { startRedis } from '../../src/embedded/redis';
import { waitFor } from './wait-for';

const slots = 16_384;
const nodeCount = 3;

/** One node, which comes back at the same place with the files it had. */
export interface ClusterNode {
  readonly url: string;
  readonly stop: () => Promise<void>;
  /** `kill -9`. */
  readonly kill: () => Promise<void>;
  /** Does nothing when it runs. */
  readonly start: () => Promise<void>;
}

export interface RedisCluster {
  /** What REDIS_URL is set to. */
  readonly url: string;
  readonly nodes: readonly ClusterNode[];
  readonly stop: () => Promise<void>;
  /** Resolves when every node says that all is well. */
  readonly agree: () => Promise<void>;
}

/** A Redis Cluster of three nodes on loopback, each with a third of the slots and no replica. */
export async function startRedisCluster(dataDir: string): Promise<RedisCluster> {
  const password = join(dataDir, 'redis.password');
  keptPassword(password);
  const names = Array.from({ length: nodeCount }, (_, i) => join(dataDir, `node-${i}`));
  const nodes = await Promise.all(names.map((directory) => startNode(directory, password)));
  const clients = nodes.map(({ url }) => new Redis(url));
  const [first] = clients;
  if (first === undefined) throw new Error('no node');
  for (const [i, client] of clients.entries()) {
    const [from, to] = [i, i + 1].map((at) => Math.round((at * slots) / nodeCount));
    await client.call('CLUSTER', 'ADDSLOTSRANGE', from ?? 0, (to ?? 0) - 1);
    const { port, busPort } = nodes[i] ?? { port: 0, busPort: 0 };
    if (client !== first) await first.call('CLUSTER', 'MEET', '127.0.0.1', port, busPort);
  }
  for (const client of clients) client.disconnect();
  const agree = () => agreed(nodes);
  await agree();
  return {
    agree,
    url: nodes.map(({ url }) => url).join(','),
    nodes,
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}

async function agreed(nodes: readonly ClusterNode[]): Promise<void> {
  const clients = nodes.map(({ url }) => new Redis(url));
  await waitFor(
    'the cluster to agree',
    async () => {
      const told = await Promise.all(clients.map(async (client) => String(await client.call('CLUSTER', 'INFO'))));
      return told.every((text) => /cluster_state:ok/.test(text) && text.includes(`cluster_known_nodes:${nodeCount}`));
    },
    30_000,
  );
  for (const client of clients) client.disconnect();
}

async function startNode(
  directory: string,
  password: string,
): Promise<ClusterNode & { readonly port: number; readonly busPort: number }> {
  mkdirSync(directory, { recursive: true });
  copyFileSync(password, join(directory, 'redis.password'));
  const busPort = await freePort();
  const lines = [
    'cluster-enabled yes',
    `cluster-port ${busPort}`,
    'cluster-config-file nodes.conf',
    'cluster-node-timeout 2000',
  ];
  let server: EmbeddedServer | null = await startRedis({ dataDir: directory, lines });
  const { url, port } = server;
  const end = async (how: (running: EmbeddedServer) => Promise<unknown>): Promise<void> => {
    const running = server;
    server = null;
    if (running !== null) await how(running);
  };
  return {
    url,
    port,
    busPort,
    stop: () => end((running) => running.stop()),
    kill: () =>
      end((running) => {
        process.kill(running.pid, 'SIGKILL');
        return running.ended;
      }),
    start: async () => {
      server ??= await startRedis({ dataDir: directory, lines, port });
    },
  };
}

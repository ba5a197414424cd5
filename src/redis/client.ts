import { Cluster, Redis } from 'ioredis';

/** One Redis, or a Redis Cluster: the same commands, as long as each keeps to the keys of one shard. */
export type RedisClient = Redis | Cluster;

export interface ConnectionOptions {
  readonly enableOfflineQueue?: boolean;
  /** ms */
  readonly commandTimeout?: number;
  /** Commands of the same turn of the event loop go out together. */
  readonly enableAutoPipelining?: boolean;
}

/** The nodes that `REDIS_URL` names: one is a Redis of its own, several are the first known of a Redis Cluster. */
export const nodesOf = (url: string): URL[] => url.split(',').map((node) => new URL(node.trim()));

/** Where they are, without what opens them: for the log. */
export const hostsOf = (url: string): string =>
  nodesOf(url)
    .map(({ host }) => host)
    .join(', ');

/** Half to the whole of a delay that doubles up to 2 s. */
const delayMs = (attempt: number): number =>
  Math.min(100 * 2 ** Math.min(attempt, 5), 2_000) * (0.5 + Math.random() / 2);

/** Connects, and connects again for ever, with jitter, whenever the connection is lost. */
export function openRedis(url: string, options: ConnectionOptions = {}): RedisClient {
  const nodes = nodesOf(url);
  if (nodes.length > 1) return openCluster(nodes, options);
  return new Redis(url, { ...options, maxRetriesPerRequest: null, retryStrategy: delayMs });
}

/** What opens the first node opens all of them. */
function openCluster(nodes: readonly URL[], options: ConnectionOptions): Cluster {
  const { username = '', password = '', protocol } = nodes[0] ?? {};
  const { enableAutoPipelining = false, enableOfflineQueue = true, commandTimeout } = options;
  return new Cluster(
    nodes.map(({ hostname, port }) => ({ host: hostname, port: port === '' ? 6379 : Number(port) })),
    {
      enableAutoPipelining,
      enableOfflineQueue,
      clusterRetryStrategy: delayMs,
      // A node that was restarted is where it was: no slot has moved, so nothing else would tell of it.
      clusterNodeRetryStrategy: delayMs,
      slotsRefreshInterval: 5_000,
      // What a node did not take is for its caller to ask again: asked again here, it would overtake what came later.
      retryDelayOnFailover: 0,
      retryDelayOnClusterDown: 0,
      redisOptions: {
        ...(username === '' ? {} : { username: decodeURIComponent(username) }),
        ...(password === '' ? {} : { password: decodeURIComponent(password) }),
        ...(protocol === 'rediss:' ? { tls: {} } : {}),
        ...(commandTimeout === undefined ? {} : { commandTimeout }),
        maxRetriesPerRequest: 0,
      },
    },
  );
}

/** Every server that holds keys. */
export const serversOf = (client: RedisClient): readonly Redis[] =>
  client instanceof Cluster ? client.nodes('master') : [client];

/** Calls whenever a server that was away, or one not known before, can be talked to: it may have come back empty. */
export function onBack(client: RedisClient, listener: () => void): void {
  if (!(client instanceof Cluster)) {
    client.on('ready', listener);
    return;
  }
  const listen = (node: Redis): void => void node.on('ready', listener);
  client.nodes('all').forEach(listen);
  client.on('+node', listen);
}

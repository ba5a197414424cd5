import { Cluster } from 'ioredis';
import type { RedisClient } from './client';

/** Waits until a connection can be written to, or `signal` is aborted. */
export async function ready(redis: RedisClient, signal: AbortSignal): Promise<void> {
  if (redis.status !== 'ready') await becomeReady(redis, signal);
  if (redis instanceof Cluster && !signal.aborted) await reachNodes(redis);
}

/** Each node is connected to when it is first asked, and what it is asked meanwhile is refused: so all at once, here. */
async function reachNodes(cluster: Cluster): Promise<void> {
  const untried = cluster.nodes('master').filter(({ status }) => status === 'wait');
  // A node that cannot be reached says so to whoever asks it for something.
  await Promise.allSettled(untried.map((node) => node.connect()));
}

async function becomeReady(redis: RedisClient, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      redis.off('ready', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    redis.on('ready', done);
    signal.addEventListener('abort', done);
  });
}

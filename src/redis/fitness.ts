import type { Redis } from 'ioredis';

/** XTRIM by entry id came with it. */
const oldest = [6, 2] as const;

/**
 * Why a Redis cannot carry the streams, in one sentence that says what to do; null when it can.
 * @param isOfCluster whether it was reached as a node of the cluster that REDIS_URL names
 */
export async function unfitness(redis: Redis, isOfCluster = false): Promise<string | null> {
  const told = fieldsOf(await redis.info());
  const version = told.get('redis_version') ?? '';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    return `it is version ${version}; ${oldest.join('.')} or newer is needed`;
  }
  const policy = told.get('maxmemory_policy') ?? 'noeviction';
  if (policy !== 'noeviction') {
    return `its maxmemory-policy is ${policy}, which deletes sightings when memory is short: set it to noeviction`;
  }
  if (told.get('role') === 'slave') return 'it is a read-only replica: name its primary';
  const isNode = told.get('cluster_enabled') === '1';
  if (isNode && !isOfCluster) return 'it is a node of a Redis Cluster: name two or more of them, separated by commas';
  if (isOfCluster && !isNode) return 'it is no node of a Redis Cluster: name one Redis, or nodes of one cluster';
  return null;
}

/** What is worth a warning: sightings that are acknowledged and not on disk within a second. */
export async function unsafety(redis: Redis): Promise<string | null> {
  const told = fieldsOf(await redis.info('persistence'));
  if (told.get('aof_enabled') === '1') return null;
  return 'Redis keeps no append-only file: acknowledged sightings are lost when it stops. Set appendonly yes';
}

const fieldsOf = (info: string): Map<string, string> =>
  new Map(
    info.split('\r\n').flatMap((line): [string, string][] => {
      const colon = line.indexOf(':');
      return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1)]];
    }),
  );

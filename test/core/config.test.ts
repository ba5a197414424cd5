import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/config';

describe('REDIS_URL', () => {
  test('may name one Redis, or several nodes of a cluster', () => {
    const nodes = 'redis://:secret@10.0.0.1:7000, redis://:secret@10.0.0.2:7000';
    expect(loadConfig({ REDIS_URL: 'redis://localhost:6379/2' }).redisUrl).toBe('redis://localhost:6379/2');
    expect(loadConfig({ REDIS_URL: nodes }).redisUrl).toBe(nodes);
  });

  test.each([
    ['10.0.0.1:6379', 'must be a URL starting with redis:// or rediss://'],
    ['redis://10.0.0.1,10.0.0.2', 'must be a URL starting with redis:// or rediss://'],
    ['redis://10.0.0.1/1,redis://10.0.0.2/1', 'names a database by number, which a Redis Cluster does not have'],
    ['redis://10.0.0.1,rediss://10.0.0.2', 'one cluster has one way to be talked to'],
  ])('%s is refused: it %s', (url, reason) => {
    expect(() => loadConfig({ REDIS_URL: url })).toThrow(reason);
  });
});

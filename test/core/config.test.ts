import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/config';

describe('settings that cannot work together', () => {
  test.each([
    [{ PORT: '3001' }, 'HEALTH_PORT: is 3001, and so is PORT'],
    [{ MQTT_TOPICS: 'gw/#' }, 'MQTT_TOPICS: is about the broker at MQTT_URL'],
    [{ MQTT_URL: 'mqtt://broker', MQTT_PORT: '1884' }, 'MQTT_PORT: is the embedded broker’s'],
    [{ REDIS_URL: 'redis://here', REDIS_FSYNC: 'always' }, 'REDIS_FSYNC: is for the embedded Redis'],
    [{ SHARDS: '2', TRACKERS: '4' }, 'TRACKERS: 4 processes cannot share 2 shards'],
    [{ ROLES: 'serve', SIMULATE: 'on' }, 'SIMULATE: simulated gateways need a broker'],
  ])('%j', (settings, sentence) => {
    expect(() => loadConfig(settings)).toThrow(sentence);
  });

  test('ports that the system chooses are never the same', () => {
    expect(loadConfig({ PORT: '0', HEALTH_PORT: '0', MQTT_PORT: '0' }).port).toBe(0);
  });
});

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

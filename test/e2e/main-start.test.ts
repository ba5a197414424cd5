import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { buildServer } from '../support/role-program';

test('a process without embedded services that cannot start says why and ends', () => {
  buildServer();
  const { status, stderr } = spawnSync(process.execPath, [join(__dirname, '../../dist/src/main.js')], {
    env: { PATH: process.env.PATH, REDIS_URL: inject('redisUrl'), PORT: '0', HEALTH_PORT: '0', LOG_LEVEL: 'error' },
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect({ status, stderr: stderr.trim().split('\n').at(-1) }).toEqual({
    status: 1,
    stderr: 'DATABASE_URL is not set and no embedded PostgreSQL was started',
  });
});

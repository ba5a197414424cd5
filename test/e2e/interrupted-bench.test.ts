import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandLineOf } from '../../src/embedded/running-program';
import { command } from '../support/command';
import { temporaryDirectory } from '../support/temporary-directory';
import { waitFor } from '../support/wait-for';

/** Pids of the Redis and PostgreSQL servers that a bench has started below a directory, as they write them down. */
function serversIn(dir: string): number[] {
  const homes = readdirSync(dir).flatMap((name) => ['', 'redis', 'postgres'].map((part) => join(dir, name, part)));
  const files = homes.flatMap((home) => [join(home, 'redis/redis.pid'), join(home, 'postgres/cluster/postmaster.pid')]);
  return files
    .filter((file) => existsSync(file))
    .map((file) => Number(readFileSync(file, 'utf8').split('\n')[0]))
    .filter((pid) => pid > 0);
}

/** One that has ended but was not waited for by its parent (a zombie) has no command line any more. */
const isRunning = (pid: number): boolean => (commandLineOf(pid) ?? '') !== '';

test.each([
  ['bench-history', 'SIGINT', 130],
  ['bench-history', 'SIGTERM', 143],
  ['bench-pipeline', 'SIGTERM', 143],
] as const)('%s that %s ends half way leaves no server and no file', async (name, signal, code) => {
  const TMPDIR = temporaryDirectory();
  const bench = command([name], { TMPDIR });
  await waitFor('its servers', () => serversIn(TMPDIR).length === 2, 60_000);
  const servers = serversIn(TMPDIR);
  bench.child.kill(signal);
  expect(await bench.ended).toMatchObject({ code });
  expect(servers.filter(isRunning)).toEqual([]);
  expect(readdirSync(TMPDIR)).toEqual([]);
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { StartError } from '../../src/config/start-error';
import type { EmbeddedServer } from '../../src/embedded/embedded-server';
import { freePort } from '../../src/embedded/free-port';
import { keepRunning } from '../../src/embedded/keep-running';
import { startPostgres } from '../../src/embedded/postgres';
import { temporaryDirectory } from '../support/temporary-directory';
import { waitFor } from '../support/wait-for';

async function start(dataDir: string, port?: number): Promise<EmbeddedServer> {
  const server = await startPostgres({ dataDir, port, durable: false });
  onTestFinished(() => server.stop());
  return server;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const sentence = (port: number): string =>
  `PostgreSQL did not start: port ${port} on 127.0.0.1 is in use by another program.`;

describe('embedded PostgreSQL', () => {
  test('keeps what was committed from one run to the next', async () => {
    const dataDir = temporaryDirectory();
    const first = await start(dataDir);
    await ask(first.url, `create table pump (name text); insert into pump values ('é')`);
    await first.stop();
    expect(await first.ended).toBe('exit code 0');
    const second = await start(dataDir);
    expect(await ask(second.url, 'select name, upper(name) from pump')).toEqual([{ name: 'é', upper: 'É' }]);
  });

  test('ends the server that a killed run left behind and takes over its data', async () => {
    const dataDir = temporaryDirectory();
    const orphan = await start(dataDir);
    await ask(orphan.url, 'create table pump (name text)');
    const server = await start(dataDir);
    await orphan.ended;
    expect(await ask(server.url, 'select * from pump')).toEqual([]);
  });

  test('comes back on the same port after it was killed', async () => {
    const dataDir = temporaryDirectory();
    const pids: number[] = [];
    const kept = await keepRunning(
      'PostgreSQL',
      async (port) => {
        const server = await startPostgres({ dataDir, port, durable: false });
        pids.push(server.pid);
        return server;
      },
      () => undefined,
    );
    onTestFinished(() => kept.stop());
    await ask(kept.url, 'create table pump (name text)');
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await waitFor('PostgreSQL to come back', () => pids.length > 1);
    expect(await ask(kept.url, 'select * from pump')).toEqual([]);
  });

  test('makes its cluster anew when an earlier attempt was cut short', async () => {
    const dataDir = temporaryDirectory();
    mkdirSync(join(dataDir, 'postgres', 'unfinished'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres', 'unfinished', 'PG_VERSION'), '18');
    const server = await start(dataDir);
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('is not kept from starting by a pid file whose number another program has now', async () => {
    const dataDir = temporaryDirectory();
    await (await start(dataDir)).stop();
    writeFileSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), `${process.pid}\n${dataDir}\n`);
    const server = await start(dataDir);
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('gives the service a role that is no superuser', async () => {
    const { url } = await start(temporaryDirectory());
    expect(await ask(url, 'select rolsuper from pg_roles where rolname = current_user')).toEqual([{ rolsuper: false }]);
  });

  test('says that a port is in use', async () => {
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const started = startPostgres({ dataDir: temporaryDirectory(), port });
    await expect(started).rejects.toThrow(new StartError(sentence(port)));
  });

  test('refuses data of another version, naming both', async () => {
    const dataDir = temporaryDirectory();
    mkdirSync(join(dataDir, 'postgres', 'cluster'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres', 'cluster', 'PG_VERSION'), '17\n');
    await expect(startPostgres({ dataDir })).rejects.toThrow(/written by PostgreSQL 17.*brings 18/);
  });
});

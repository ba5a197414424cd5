import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../src/embedded/free-port';
import { commandLineOf } from '../../src/embedded/running-program';
import { command, npmStart, startService } from '../support/command';
import { temporaryDirectory } from '../support/temporary-directory';
import { twoRoomsDir } from '../support/two-rooms';
import { waitFor } from '../support/wait-for';

/** Assets that have a place, by the service's own account. */
async function placed(address: string): Promise<number> {
  const reply = await fetch(`${address}/api/assets`);
  const { assets } = (await reply.json()) as { assets: { place: unknown }[] };
  return assets.filter(({ place }) => place !== null).length;
}

/** A site of two rooms, ready in less time than a hospital. */
const SITE_DIR = twoRoomsDir;

const status = async (url: string): Promise<number> => (await fetch(url)).status;

/** Pid of the Redis or PostgreSQL that keeps its data below `dataDir`. */
function pidOf(dataDir: string, file: string): number {
  return Number(readFileSync(join(dataDir, file), 'utf8').split('\n')[0]);
}
const postgresPid = (dataDir: string): number => pidOf(dataDir, 'postgres/cluster/postmaster.pid');
const redisPid = (dataDir: string): number => pidOf(dataDir, 'redis/redis.pid');

/** One that has ended but was not waited for by its parent (a zombie) has no command line any more. */
const isRunning = (pid: number): boolean => (commandLineOf(pid) ?? '') !== '';

describe('npm start', () => {
  test('shows equipment on the map, stops when told to, and has its data at the next start', async () => {
    const DATA_DIR = temporaryDirectory();
    const service = await startService({ DATA_DIR });
    await waitFor('equipment to have places', async () => (await placed(service.address)) > 100, 60_000);
    expect(await status(`${service.health}/health/live`)).toBe(200);
    expect(await status(`${service.health}/health/ready`)).toBe(200);
    expect(await status(`${service.address}/`)).toBe(200);
    const servers = [postgresPid(DATA_DIR), redisPid(DATA_DIR)];

    service.child.kill('SIGTERM');
    expect(await service.ended).toMatchObject({ code: 0 });
    expect(servers.filter(isRunning)).toEqual([]);

    const again = await startService({ DATA_DIR, SIMULATE: 'off' });
    await waitFor('the places of the first run', async () => (await placed(again.address)) > 100);
  });

  test('says it is ready when gateways can connect, not before', async () => {
    const [HEALTH_PORT, MQTT_PORT] = [String(await freePort()), String(await freePort())];
    const settings = { DATA_DIR: temporaryDirectory(), SITE_DIR, SIMULATE: 'off', HEALTH_PORT, MQTT_PORT };
    const running = command(['start'], settings);
    const ready = `http://127.0.0.1:${HEALTH_PORT}/health/ready`;
    await waitFor(
      'it to say that it is ready',
      () =>
        status(ready).then(
          (code) => code === 200,
          () => false,
        ),
      60_000,
    );
    const gateway = await connectAsync(`mqtt://127.0.0.1:${MQTT_PORT}`, { reconnectPeriod: 0 });
    await gateway.endAsync();
    expect(running.child.exitCode).toBeNull();
  });

  test('on the data of a running service says where that one is', async () => {
    const DATA_DIR = temporaryDirectory();
    const service = await startService({ DATA_DIR, SITE_DIR });
    const second = await command(['start'], { DATA_DIR }).ended;
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toBe(
      `Whereabouts already runs on ${DATA_DIR}: process ${service.child.pid ?? 0} answers at ${service.address}. ` +
        'Stop it first, or set DATA_DIR and PORT.\n',
    );
  });

  test('after kill -9 ends the servers left behind and starts', async () => {
    const DATA_DIR = temporaryDirectory();
    const killed = await startService({ DATA_DIR, SITE_DIR });
    const left = [postgresPid(DATA_DIR), redisPid(DATA_DIR)];
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(left.filter(isRunning)).toEqual(left);
    const service = await startService({ DATA_DIR, SITE_DIR });
    expect(left.filter(isRunning)).toEqual([]);
    expect(await status(`${service.health}/health/ready`)).toBe(200);
  });

  test('goes on when nobody reads what it says any more', async () => {
    const DATA_DIR = temporaryDirectory();
    const service = await startService({ DATA_DIR, SITE_DIR });
    service.child.stdout?.destroy();
    service.child.stderr?.destroy();
    // It has something to say: that Redis died, and that it is back.
    const redis = redisPid(DATA_DIR);
    process.kill(redis, 'SIGKILL');
    await waitFor('another Redis', () => {
      const found = existsSync(join(DATA_DIR, 'redis/redis.pid')) ? redisPid(DATA_DIR) : 0;
      return found > 0 && found !== redis;
    });
    await waitFor('the service to be ready', async () => (await status(`${service.health}/health/ready`)) === 200);
    expect(service.child.exitCode).toBeNull();
  });

  test('stops as a whole when npm alone is told to', async () => {
    const DATA_DIR = temporaryDirectory();
    const npm = npmStart({ DATA_DIR, SITE_DIR });
    await waitFor('the service to say where it is', () => npm.said().includes('Ctrl-C stops it'), 120_000);
    const servers = [postgresPid(DATA_DIR), redisPid(DATA_DIR)];
    npm.child.kill('SIGTERM');
    await npm.ended;
    expect(servers.filter(isRunning)).toEqual([]);
  });

  test('brings PostgreSQL and Redis back when they die', async () => {
    const DATA_DIR = temporaryDirectory();
    const service = await startService({ DATA_DIR });
    const [postgres, redis] = [postgresPid(DATA_DIR), redisPid(DATA_DIR)];
    process.kill(postgres, 'SIGKILL');
    process.kill(redis, 'SIGKILL');
    await waitFor('both to be back', () =>
      ['PostgreSQL', 'Redis'].every((name) => service.said().includes(`${name} is back`)),
    );
    await waitFor('the service to be ready', async () => (await status(`${service.health}/health/ready`)) === 200);
    await waitFor('equipment to have places', async () => (await placed(service.address)) > 100, 60_000);
  });
});

describe('npm start says in one sentence', () => {
  const fails = async (settings: Record<string, string>): Promise<string> => {
    const { code, stderr } = await command(['start'], { DATA_DIR: temporaryDirectory(), ...settings }).ended;
    expect(code).toBe(1);
    expect(stderr).not.toMatch(/^ +at /m);
    return stderr;
  };

  test('which settings are wrong', async () => {
    const said = await fails({ PORT: 'many', ROLES: 'serve,cook' });
    expect(said).toMatch(/^Invalid settings:\n {2}PORT: .*\n {2}ROLES: unknown role cook; known: .*\n$/);
  });

  test.each(['PORT', 'MQTT_PORT', 'HEALTH_PORT'])('that %s is in use', async (setting) => {
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    expect(await fails({ [setting]: String(port), SITE_DIR })).toContain(
      `Port ${port} on 127.0.0.1 is in use by another program: set ${setting} to another port, or stop that program.\n`,
    );
  });

  test('that the data directory cannot be written', async () => {
    expect(await fails({ DATA_DIR: '/dev/null/data' })).toMatch(
      /^The data directory \/dev\/null\/data cannot be written \(.*\): change its owner, or set DATA_DIR\.\n$/,
    );
  });

  test('that Redis is missing and how to get it', async () => {
    expect(await fails({ PATH: '/nowhere' })).toBe(
      'Neither valkey-server nor redis-server is installed: run bin/setup or `apt-get install redis-server`, ' +
        'or set REDIS_URL to a Redis of your own.\n',
    );
  });

  test('what is wrong with a site directory', async () => {
    expect(await fails({ SITE_DIR: '/nowhere' })).toMatch(/^Cannot load the site in \/nowhere:\n {2}site\.json: .*/);
  });

  test('which command it does not know', async () => {
    const { code, stderr } = await command(['strat']).ended;
    expect(code).toBe(1);
    expect(stderr).toContain("unknown command 'strat'");
  });
});

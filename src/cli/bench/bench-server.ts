import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../embedded/free-port';
import { startPostgres } from '../../embedded/postgres';
import { startRedis } from '../../embedded/redis';
import type { Stops } from '../start/stops';

/** All samples of a metric added up; labels, when given, must match. */
export type SumOf = (name: string, labels?: string) => number;

/** The whole service in a process of its own, on real services in a directory of its own. */
export interface BenchServer {
  readonly url: string;
  readonly mqttUrl: string;
  readonly redisUrl: string;
  readonly databaseUrl: string;
  readonly pid: number;
  /** The metrics as they are now. */
  metrics(): Promise<SumOf>;
}

/**
 * @param stops given everything that is to be stopped, as it is started
 * @param profileDir where processor profiles go; none without it
 */
export async function startBenchServer(siteDir: string, stops: Stops, profileDir?: string): Promise<BenchServer> {
  const dir = await mkdtemp(join(tmpdir(), 'whereabouts-bench-'));
  stops.add('directory', () => rm(dir, { recursive: true, force: true }));
  const postgres = await stops.start('PostgreSQL', startPostgres({ dataDir: join(dir, 'postgres') }));
  const redis = await stops.start('Redis', startRedis({ dataDir: join(dir, 'redis') }));
  const [port, healthPort, mqttPort] = [await freePort(), await freePort(), await freePort()];
  const profiled = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
  const child = spawn(
    process.execPath,
    [...profiled, '--max-semi-space-size=64', 'bin/whereabouts.mjs', 'start', '--no-simulate'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      // Ctrl-C in the terminal reaches this process alone, which stops the service.
      detached: true,
      env: {
        ...process.env,
        DATA_DIR: join(dir, 'data'),
        DATABASE_URL: postgres.url,
        REDIS_URL: redis.url,
        PORT: String(port),
        HEALTH_PORT: String(healthPort),
        MQTT_PORT: String(mqttPort),
        SITE_DIR: siteDir,
        LOG_LEVEL: 'warn',
      },
    },
  );
  const health = `http://127.0.0.1:${healthPort}`;
  stops.add('service', async () => {
    child.kill('SIGTERM');
    // One that a signal ended has no exit code, and says nothing any more.
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  await ready(health, mqttPort, child);
  return {
    url: `http://127.0.0.1:${port}`,
    mqttUrl: `mqtt://127.0.0.1:${mqttPort}`,
    redisUrl: redis.url,
    databaseUrl: postgres.url,
    pid: child.pid ?? 0,
    metrics: () => readMetrics(`${health}/metrics`),
  };
}

const startTimeoutMs = 240_000;

/** The broker begins to listen last, after trackers in processes of their own have started. */
async function ready(health: string, mqttPort: number, child: ChildProcess): Promise<void> {
  const until = Date.now() + startTimeoutMs;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode} while starting`);
    const answer = await fetch(`${health}/health/ready`).catch(() => null);
    if (answer?.ok === true && (await isListening(mqttPort))) return;
    await pause(100);
  }
  throw new Error(`The server was not ready within ${startTimeoutMs / 1000} s`);
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

async function readMetrics(url: string): Promise<SumOf> {
  const lines = (await (await fetch(url)).text()).split('\n');
  return (name, labels = '') => {
    let sum = 0;
    for (const line of lines) {
      if (!line.startsWith(`${name}{`) && !line.startsWith(`${name} `)) continue;
      if (line.includes(labels)) sum += Number(line.slice(line.lastIndexOf(' ') + 1));
    }
    return sum;
  };
}

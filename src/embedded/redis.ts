import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { type EmbeddedOptions, type EmbeddedServer, makeHome } from './embedded-server';
import { freePort } from './free-port';
import { keptPassword } from './password';
import { lastLine } from './postgres-cluster';
import { endOrphan } from './running-program';
import { type ServerProgram, spawnServer } from './server-program';
import { StartError } from '../config/start-error';
import { findOnPath, launchAs, type Owner } from './unprivileged';

const stopSignals = ['SIGTERM', 'SIGKILL'] as const;
/** A long append-only file is read back at start. */
const startTimeoutMs = 120_000;

export interface RedisOptions extends EmbeddedOptions {
  /** More lines of its configuration. */
  readonly lines?: readonly string[];
}

/** Starts valkey-server or redis-server, whichever is installed, on loopback. */
export async function startRedis(options: RedisOptions): Promise<EmbeddedServer> {
  const command = findRedis();
  const home = join(options.dataDir, 'redis');
  const owner = makeHome(home);
  const pidFile = join(home, 'redis.pid');
  await endEarlierRun(pidFile, home);
  const password = keptPassword(join(options.dataDir, 'redis.password'));
  const logFile = join(options.dataDir, 'redis.log');
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const url = `redis://:${password}@127.0.0.1:${port}`;
    const lines = [...configuration(port, password, pidFile), ...(options.lines ?? [])];
    const server = await launch(command, home, owner, `${lines.join('\n')}\n`, logFile);
    if (await isReady(url, server)) {
      return { url, port, pid: server.pid, ended: server.ended, stop: () => server.stop(stopSignals) };
    }
    await server.stop(stopSignals);
    const words = server.lastWords();
    if (/in use/.test(words) && options.port === undefined && attempt < 3) continue;
    throw new StartError(`Redis did not start (${lastLine(words)}); its log is ${logFile}.`);
  }
}

function findRedis(): string {
  const command = findOnPath('valkey-server') ?? findOnPath('redis-server');
  if (command !== null) return command;
  throw new StartError(
    'Neither valkey-server nor redis-server is installed: run bin/setup or `apt-get install redis-server`, ' +
      'or set REDIS_URL to a Redis of your own.',
  );
}

/**
 * Every write is in the append-only file (in the kernel's hands) before it is answered, so what was acknowledged
 * survives the death of Redis; a power cut may take the last second. Nothing is ever evicted.
 */
function configuration(port: number, password: string, pidFile: string): string[] {
  return [
    `port ${port}`,
    'bind 127.0.0.1',
    `requirepass ${password}`,
    `pidfile ${JSON.stringify(pidFile)}`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    // The file is written anew by a second process, for seconds each time, which takes a core from everything else: at a
    // full hospital's load each quarter of a minute as Redis has it. A start reads up to so much more of it.
    'auto-aof-rewrite-min-size 256mb',
    'rdbcompression no',
    'maxmemory-policy noeviction',
    'databases 1',
    'loglevel warning',
    // Keeps the directory in the command line, by which a later start knows an orphan.
    'set-proc-title no',
  ];
}

/** The configuration goes by standard input: a command line is readable by everybody on the machine. */
function launch(
  command: string,
  home: string,
  owner: Owner | null,
  config: string,
  logFile: string,
): Promise<ServerProgram> {
  return spawnServer(launchAs(owner, command, ['-', '--dir', home], [command, home]), logFile, config);
}

/** Waits until Redis has read its files and answers; false when it ended instead. */
async function isReady(url: string, server: ServerProgram): Promise<boolean> {
  const redis = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null, enableOfflineQueue: false });
  let refusal = '';
  redis.on('error', (error: Error) => (refusal = error.message));
  const until = performance.now() + startTimeoutMs;
  while (redis.status !== 'ready' && !server.hasEnded() && performance.now() < until) await wait(10);
  const ready = redis.status === 'ready';
  redis.disconnect();
  if (!ready && !server.hasEnded()) {
    await server.stop(stopSignals);
    throw new StartError(`Redis started but does not answer: ${refusal}.`);
  }
  return ready && !server.hasEnded();
}

async function endEarlierRun(pidFile: string, home: string): Promise<void> {
  if (!existsSync(pidFile)) return;
  await endOrphan(Number(readFileSync(pidFile, 'utf8')), home, stopSignals);
  rmSync(pidFile, { force: true });
}

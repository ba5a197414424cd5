import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, escapeLiteral } from 'pg';
import { type EmbeddedOptions, type EmbeddedServer, makeHome } from './embedded-server';
import { freePort, isTaken } from './free-port';
import { keptPassword } from './password';
import { findPostgres, type PostgresBinaries } from './postgres-binaries';
import { checkVersion, endEarlierRun, lastLine, makeCluster, stopSignals } from './postgres-cluster';
import { type ServerProgram, spawnServer } from './server-program';
import { errorCode, reasonOf, StartError } from '../config/start-error';
import { launchAs, type Owner } from './unprivileged';

const name = 'whereabouts';
const startTimeoutMs = 60_000;
/** SQLSTATE while the server starts, recovers or stops. */
const cannotConnectNow = '57P03';

/** For some 40 connections on a machine shared with everything else. Durability is left as PostgreSQL has it. */
const settings = {
  listen_addresses: '127.0.0.1',
  // Paths of sockets may not exceed 107 characters; loopback TCP has no such limit.
  unix_socket_directories: '',
  shared_buffers: '96MB',
  max_connections: '40',
  work_mem: '8MB',
  max_wal_size: '512MB',
  max_parallel_workers_per_gather: '1',
  random_page_cost: '1.1',
  jit: 'off',
  huge_pages: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
};

/** Starts PostgreSQL on loopback, making the cluster, the role and the database when they are missing. */
export async function startPostgres(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { durable = true } = options;
  const binaries = findPostgres();
  if (options.port !== undefined && (await isTaken(options.port))) {
    throw new StartError(`PostgreSQL did not start: port ${options.port} on 127.0.0.1 is in use by another program.`);
  }
  const home = join(options.dataDir, 'postgres');
  const owner = makeHome(home);
  const cluster = join(home, 'cluster');
  const password = keptPassword(join(options.dataDir, 'postgres.password'));
  const logFile = join(options.dataDir, 'postgres.log');
  if (!existsSync(cluster)) await makeCluster(binaries, cluster, owner, password, logFile, durable);
  checkVersion(cluster);
  await endEarlierRun(cluster);
  const { server, port } = await launch(binaries, cluster, owner, logFile, options);
  try {
    await makeDatabase(port, password, server);
  } catch (error) {
    await server.stop(stopSignals);
    throw error;
  }
  const url = `postgres://${name}:${password}@127.0.0.1:${port}/${name}`;
  writeFileSync(join(options.dataDir, 'postgres.url'), `${url}\n`, { mode: 0o600 });
  return { url, port, pid: server.pid, ended: server.ended, stop: () => server.stop(stopSignals) };
}

/** Spawns the server; when no port was asked for and somebody was faster to take the free one, tries another. */
async function launch(
  binaries: PostgresBinaries,
  cluster: string,
  owner: Owner | null,
  logFile: string,
  { port: wanted, durable = true }: EmbeddedOptions,
): Promise<{ server: ServerProgram; port: number }> {
  const flags = Object.entries({ ...settings, fsync: durable ? 'on' : 'off' }).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ]);
  for (let attempt = 1; ; attempt++) {
    const port = wanted ?? (await freePort());
    const command = launchAs(
      owner,
      binaries.postgres,
      ['-D', cluster, '-p', String(port), ...flags],
      [binaries.root, cluster],
    );
    const server = await spawnServer(command, logFile);
    if (await listens(port, server)) return { server, port };
    await server.stop(stopSignals);
    const words = server.lastWords();
    if (/in use/.test(words) && wanted === undefined && attempt < 3) continue;
    throw new StartError(`PostgreSQL did not start (${lastLine(words)}); its log is ${logFile}.`);
  }
}

/** Waits until something listens on the port, or the server has ended instead. */
async function listens(port: number, server: ServerProgram): Promise<boolean> {
  const until = performance.now() + startTimeoutMs;
  while (!server.hasEnded() && performance.now() < until) {
    if (await isTaken(port)) return !server.hasEnded();
    await wait(20);
  }
  return false;
}

/** Makes the role and the database that the service uses. The superuser stays out of its reach. */
async function makeDatabase(port: number, password: string, server: ServerProgram): Promise<void> {
  const client = await connect(port, password, server);
  try {
    const secret = escapeLiteral(password);
    const roles = await client.query('select from pg_roles where rolname = $1', [name]);
    if (roles.rowCount === 0) await client.query(`create role ${name} login password ${secret}`);
    const databases = await client.query('select from pg_database where datname = $1', [name]);
    if (databases.rowCount === 0) await client.query(`create database ${name} owner ${name}`);
  } finally {
    await client.end();
  }
}

/** Connects as the superuser, waiting while the server recovers from a crash. */
async function connect(port: number, password: string, server: ServerProgram): Promise<Client> {
  const until = performance.now() + startTimeoutMs;
  for (;;) {
    const client = new Client({
      host: '127.0.0.1',
      port,
      user: 'postgres',
      password,
      database: 'postgres',
      connectionTimeoutMillis: 5_000,
    });
    try {
      await client.connect();
      return client;
    } catch (error) {
      const isStarting = errorCode(error) === cannotConnectNow && !server.hasEnded() && performance.now() < until;
      if (!isStarting) throw new StartError(`PostgreSQL started but did not let Whereabouts in: ${reasonOf(error)}.`);
      await wait(50);
    }
  }
}

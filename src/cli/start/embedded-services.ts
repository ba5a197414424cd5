import { Logger } from '@nestjs/common';
import type { Config } from '../../config/config';
import { takeDataDir } from '../../embedded/data-dir';
import { keepRunning } from '../../embedded/keep-running';
import { startPostgres } from '../../embedded/postgres';
import { startRedis } from '../../embedded/redis';
import type { Stops } from './stops';

/**
 * Starts PostgreSQL and Redis where no URL is set, for as long as this process lives.
 * @returns the settings with the URLs of both, and a way to tell a second start where this one answers.
 */
export async function startServices(
  config: Config,
  stops: Stops,
): Promise<{ config: Config; announce: (address: string) => void }> {
  const { dataDir, roles } = config;
  const needsDatabase = config.databaseUrl === undefined && (roles.includes('record') || roles.includes('serve'));
  const needsRedis = config.redisUrl === undefined;
  if (!needsDatabase && !needsRedis) return { config, announce: () => undefined };
  const directory = takeDataDir(dataDir);
  stops.add('data directory', async () => directory.release());
  const log = new Logger('Embedded');
  const warn = (sentence: string): void => log.warn(sentence);
  const start = async (
    name: string,
    begin: (port?: number) => ReturnType<typeof startRedis>,
    isNeeded: boolean,
  ): Promise<string | undefined> => {
    if (!isNeeded) return undefined;
    const server = await keepRunning(name, begin, warn);
    stops.add(name, () => server.stop());
    return server.url;
  };
  const [redisUrl, databaseUrl] = await allOrFirstError([
    start('Redis', (port) => startRedis({ dataDir, port, lines: [`appendfsync ${config.redisFsync}`] }), needsRedis),
    start('PostgreSQL', (port) => startPostgres({ dataDir, port }), needsDatabase),
  ]);
  return {
    config: { ...config, databaseUrl: config.databaseUrl ?? databaseUrl, redisUrl: config.redisUrl ?? redisUrl },
    announce: (address) => directory.announce(address),
  };
}

/** Waits for all even when one fails, so that what did start is known and can be stopped. */
async function allOrFirstError<T>(starts: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(starts);
  return Promise.all(starts);
}

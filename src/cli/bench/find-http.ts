import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { loadConfig } from '../../config/config';
import { askThread } from '../../config/thread';
import { packMoves, shardOf, streamField } from '../../core';
import { redisKeys } from '../../redis/keys';
import { type BenchServer, startBenchServer } from './bench-server';
import type { Asked, Asking } from './find-asker.worker';
import { type Timing, timingOf } from './percentiles';
import type { ScatteredAsset } from './scattered-assets';
import { withStops } from './with-stops';

const placedTimeoutMs = 60_000;

/** Questions come at this rate, whether those before are answered or not. */
export const askedPerS = 50;

/** A service that has just started says what every asset is for the first time, and its code is not compiled yet. */
const roundsBefore = 3;
const rounds = 3;

export interface HttpTimings {
  readonly service: Timing;
  /** A server with nothing to do, asked in between. */
  readonly bare: Timing;
}

/**
 * Asks the whole service over HTTP at a steady rate, again and again, and times the last rounds; each question's time
 * counts from when it was due.
 * @param origins as the API takes them
 */
export async function timeHttp(
  siteDir: string,
  scattered: readonly ScatteredAsset[],
  kind: string,
  origins: readonly string[],
): Promise<HttpTimings> {
  return withStops(async (stops) => {
    const dir = await mkdtemp(join(tmpdir(), 'whereabouts-find-'));
    stops.add('site', () => rm(dir, { recursive: true, force: true }));
    await cp(siteDir, dir, { recursive: true });
    await writeFile(join(dir, 'assets.json'), JSON.stringify(scattered.map(({ asset }) => asset)));
    const server = await startBenchServer(dir, stops);
    await place(server, scattered);
    const urls = origins.map(
      (origin) => `${server.url}/api/assets/nearest?kind=${kind}&from=${encodeURIComponent(origin)}&limit=5`,
    );
    const asking: Asking = { urls, perS: askedPerS, roundsBefore, rounds };
    const { service, bare } = (await askThread(join(__dirname, 'find-asker.worker'), asking)) as Asked;
    return { service: timingOf(service), bare: timingOf(bare) };
  });
}

/** Puts the moves where tracking puts them, and waits until the service knows every place. */
async function place(server: BenchServer, scattered: readonly ScatteredAsset[]): Promise<void> {
  const redis = new Redis(server.redisUrl);
  const { shards } = loadConfig({});
  const written = redis.pipeline();
  for (const { move } of scattered) {
    written.xadd(redisKeys().shard(shardOf(move.tagId, shards)).moves, '*', streamField, packMoves([move]));
  }
  await written.exec();
  await redis.quit();
  const until = Date.now() + placedTimeoutMs;
  while (Date.now() < until) {
    const list = (await (await fetch(`${server.url}/api/assets`)).json()) as { assets: { place: object | null }[] };
    if (list.assets.filter((asset) => asset.place !== null).length === scattered.length) return;
    await pause(200);
  }
  throw new Error(`The service did not know ${scattered.length} places within ${placedTimeoutMs / 1000} s`);
}

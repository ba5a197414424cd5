import { AssetListDto } from '../../src/assets/asset.dto';
import type { AssetView } from '../../src/live/protocol';
import { privateConfig, privateDatabase, privateRedis } from './private-services';
import { writeAssetsSite } from './assets-site';
import type { z } from 'zod';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { onTestFinished } from 'vitest';
import type { Config } from '../../src/config/config';
import {
  levelId,
  type Move,
  packMoves,
  sectionId,
  shardOf,
  streamField,
  tagId,
  type UnitId,
  unitId,
} from '../../src/core';
import { startApp } from '../../src/main';
import { redisKeys } from '../../src/redis/keys';
import type { RedisConnections } from '../../src/redis/redis.module';

/** Starts a process that serves; it is closed when the test ends, if not before. */
export async function serve(config: Config): Promise<NestFastifyApplication> {
  const app = await startApp(config);
  onTestFinished(() => app.close());
  return app;
}

interface Process {
  readonly config: Config;
  readonly redis: RedisConnections;
}

/** A process that serves a ward with these assets, on services of its own. */
export async function setUp(assets: unknown, roles = 'serve'): Promise<Process & { app: NestFastifyApplication }> {
  const { config, redis } = await prepare(assets, roles);
  return { config, redis, app: await serve(config) };
}

/** The same before any process is started. */
export async function prepare(assets: unknown, roles = 'serve'): Promise<Process> {
  const settings = { SITE_DIR: writeAssetsSite(assets), ROLES: roles, PORT: '0', HEALTH_PORT: '0', SHARDS: '2' };
  const config = privateConfig({ ...settings, LOG_LEVEL: 'error' });
  const redis = await privateRedis(config);
  await privateDatabase(config);
  return { config, redis };
}

/** An answer as its schema has it; throws when it is not. */
export const read = <S extends z.ZodType>(dto: { schema: S }, answer: Answer): z.output<S> =>
  dto.schema.parse(answer.json());

export async function listAssets(app: NestFastifyApplication, query = ''): Promise<readonly AssetView[]> {
  return read(AssetListDto, await ask(app, 'GET', `/api/assets?${query}`)).assets;
}

/** Every asset change published so far. */
export async function changesOf({ commands, keys }: RedisConnections): Promise<AssetView[]> {
  const entries = await commands.xrange(keys.assetChanges, '-', '+');
  return entries.map(([, fields]) => JSON.parse(fields[1] ?? '') as AssetView);
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  json(): unknown;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Asks the process over its own HTTP stack. */
export async function ask(app: NestFastifyApplication, method: Method, url: string, payload?: object): Promise<Answer> {
  const response = await app.inject(payload === undefined ? { method, url } : { method, url, payload });
  const text = response.body;
  return { status: response.statusCode, headers: response.headers, text, json: (): unknown => JSON.parse(text) };
}

/** Sends bytes of a type. */
export async function send(
  app: NestFastifyApplication,
  method: Method,
  url: string,
  [type, payload]: readonly [type: string, payload: Buffer],
): Promise<Answer> {
  const response = await app.inject({ method, url, payload, headers: { 'content-type': type } });
  const text = response.body;
  return { status: response.statusCode, headers: response.headers, text, json: (): unknown => JSON.parse(text) };
}

export interface MoveSketch {
  readonly tag: string;
  readonly at: number;
  readonly level?: string;
  readonly x?: number;
  readonly y?: number;
  readonly unit: string | null;
  /** In the unit since; `at` unless given. */
  readonly since?: number;
  readonly probability?: number;
  readonly moving?: boolean;
  readonly silent?: boolean;
  /** Whether this is the move by which it came into the unit. */
  readonly entered?: boolean;
}

/** A move as tracking would announce it: at rest in its unit since `at`. */
export function sketchMove(sketch: MoveSketch): Move {
  const { tag, at, level = 'L0', x = 10, y = 5, unit, probability = 0.9, moving = false } = sketch;
  const { silent = false, entered = false } = sketch;
  const zoneId: UnitId | null = unit === null ? null : unitId(unit);
  const section = sectionId(level === 'L0' ? 'ward' : 'ward-up');
  return {
    tagId: tagId(tag),
    fix: {
      tagId: tagId(tag),
      at,
      levelId: levelId(level),
      x,
      y,
      radius50: 1,
      radius90: 2,
      zoneId,
      sectionId: zoneId === null ? null : section,
      zoneProbability: probability,
      zones: zoneId === null ? [] : [[zoneId, probability]],
      moving,
    },
    changes: [
      ...(entered && zoneId !== null
        ? [{ type: 'entered' as const, zoneId, sectionId: section, levelId: levelId(level), at }]
        : []),
      ...(silent ? [{ type: 'silent' as const, at }] : []),
    ],
    presence: zoneId === null || silent ? null : { zoneId, levelId: levelId(level), since: sketch.since ?? at },
    restingSince: moving ? null : at,
    keep: true,
    receivedAt: at,
  };
}

/** Appends moves to the streams tracking writes. */
export async function announce(
  redis: RedisConnections,
  config: Config,
  ...moves: readonly MoveSketch[]
): Promise<void> {
  const keys = redisKeys(config.keyPrefix);
  for (const sketch of moves) {
    const move = sketchMove(sketch);
    await redis.commands.xadd(
      keys.shard(shardOf(move.tagId, config.shards)).moves,
      '*',
      streamField,
      packMoves([move]),
    );
  }
}

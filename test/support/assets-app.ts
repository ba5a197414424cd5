import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { onTestFinished } from 'vitest';
import type { Config } from '../../src/config/config';
import {
  levelId,
  type Move,
  packMove,
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

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  json(): unknown;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** Asks the process over its own HTTP stack. */
export async function ask(app: NestFastifyApplication, method: Method, url: string, payload?: object): Promise<Answer> {
  const response = await app.inject(payload === undefined ? { method, url } : { method, url, payload });
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
  readonly probability?: number;
  readonly moving?: boolean;
  readonly silent?: boolean;
}

/** A move as tracking would announce it: at rest in its unit since `at`. */
export function sketchMove(sketch: MoveSketch): Move {
  const { tag, at, level = 'L0', x = 10, y = 5, unit, probability = 0.9, moving = false, silent = false } = sketch;
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
    changes: silent ? [{ type: 'silent', at }] : [],
    presence: zoneId === null || silent ? null : { zoneId, levelId: levelId(level), since: at },
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
    await redis.commands.xadd(keys.shard(shardOf(move.tagId, config.shards)).moves, '*', streamField, packMove(move));
  }
}

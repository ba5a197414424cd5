import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { onTestFinished } from 'vitest';
import type { Config } from '../../src/config/config';
import { ConfigModule } from '../../src/config/config.module';
import { type Sighting, unpackSightings } from '../../src/core';
import { startRedis } from '../../src/embedded/redis';
import { ProblemFilter } from '../../src/http/problem.filter';
import { IngestModule } from '../../src/ingest/ingest.module';
import type { RedisConnections } from '../../src/redis/redis.module';

/** What is enrolled and believed, as assets and sites would have written it. */
export async function enrol(
  { commands, keys }: RedisConnections,
  { tags, gateways }: { readonly tags: Readonly<Record<string, string>>; readonly gateways: readonly string[] },
): Promise<void> {
  await commands
    .multi()
    .del(keys.knownGateways)
    .hset(keys.knownGateways, new Map(gateways.map((id) => [id, 'L1'])))
    .exec();
  await commands
    .multi()
    .del(keys.enrolledTags)
    .hset(keys.enrolledTags, new Map(Object.entries(tags)))
    .publish(keys.enrolmentChanged, 'test')
    .exec();
}

/** The doors alone, in a Nest application of their own. */
export async function openDoors(config: Config): Promise<NestFastifyApplication> {
  const module = await Test.createTestingModule({ imports: [ConfigModule.with(config), IngestModule] }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  app.useLogger(false);
  app.useGlobalFilters(new ProblemFilter());
  onTestFinished(() => app.close());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

/** Everything in the sighting streams, in order within a shard. */
export async function sightingsIn({ commands, keys }: RedisConnections, { shards }: Config): Promise<Sighting[]> {
  const found: Sighting[] = [];
  for (let shard = 0; shard < shards; shard++) {
    const entries = await commands.xrangeBuffer(keys.shard(shard).sightings, '-', '+');
    for (const [, fields] of entries) found.push(...unpackSightings(fields[1] ?? Buffer.alloc(0)));
  }
  return found;
}

/** A Redis of this test's own, to stop and start again on the same port and data. */
export async function ownRedis(): Promise<{ url: string; stop: () => Promise<void>; startAgain: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'whereabouts-redis-'));
  let server = await startRedis({ dataDir });
  const { url, port } = server;
  onTestFinished(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    url,
    stop: () => server.stop(),
    startAgain: async () => {
      server = await startRedis({ dataDir, port });
    },
  };
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { register } from 'prom-client';
import { expect, onTestFinished, test } from 'vitest';
import { advance, packTrack, shardOf, tagId } from '../../src/core';
import { QualitySampler } from '../../src/quality/quality-sampler';
import { privateConfig, privateRedis } from '../support/private-services';
import { heardAt, twoRooms } from '../support/two-rooms';

const shards = 2;
const start = 1_700_000_000_000;
const references = [
  { tagId: 'ref-west', levelId: 'L0', x: 5, y: 6 },
  // Said to be in the west and hung in the east: never found.
  { tagId: 'ref-moved', levelId: 'L0', x: 5, y: 6 },
];
const hungAt = { 'ref-west': [5, 6], 'ref-moved': [35, 6] } as const;

test('reference tags that are found are told from those that are not, and each section has its figures', async () => {
  const model = await twoRooms();
  const config = privateConfig({ SHARDS: String(shards) });
  const redis = await privateRedis(config);
  for (const [name, place] of Object.entries(hungAt)) {
    const tag = tagId(name);
    const heard = Array.from({ length: 20 }, (_, s) => heardAt(model, tag, place, start + s * 1000)).flat();
    const { track } = advance(null, heard, start + 20_000, model);
    await redis.commands.hset(
      redis.keys.shard(shardOf(tag, shards)).tracks,
      tag,
      track === null ? '' : packTrack(track),
    );
  }
  await redis.commands.hset(redis.keys.shard(0).tracks, 'torn', '{');
  const siteDir = await mkdtemp(join(tmpdir(), 'whereabouts-'));
  onTestFinished(() => rm(siteDir, { recursive: true }));
  await writeFile(join(siteDir, 'reference-tags.ndjson'), references.map((row) => JSON.stringify(row)).join('\n'));
  const sampler = new QualitySampler(redis, { shards, siteDir }, { model });
  await sampler.onApplicationBootstrap();
  onTestFinished(() => sampler.beforeApplicationShutdown());

  await sampler.sample(start + 30_000);
  const looks = sampler.sections.filter(({ referenceLooks }) => referenceLooks > 0);
  expect(looks).toMatchObject([{ hitRate: 0.5, insideRadius90: 0.5, referenceLooks: 2, isReliable: null }]);
  for (const { leaveOneOutM } of sampler.sections) expect(leaveOneOutM).toBeLessThan(1);
  expect(await register.metrics()).toMatch(/whereabouts_reference_hit_ratio\{section="[^"]+"\} 0\.5/);
  for (let i = 0; i < 20; i++) await sampler.sample(start + 30_000);
  expect(sampler.sections.find(({ referenceLooks }) => referenceLooks > 30)?.isReliable).toBe(false);

  await sampler.sample(start + 3_600_000);
  expect(sampler.sections.find(({ referenceLooks }) => referenceLooks > 0)?.referenceLooks).toBe(42);
});

test('a reference tag on a level the site has not stops the start and is named', async () => {
  const model = await twoRooms();
  const config = privateConfig({});
  const redis = await privateRedis(config);
  const siteDir = await mkdtemp(join(tmpdir(), 'whereabouts-'));
  onTestFinished(() => rm(siteDir, { recursive: true }));
  await writeFile(join(siteDir, 'reference-tags.ndjson'), JSON.stringify({ tagId: 'r', levelId: 'L9', x: 1, y: 1 }));
  const sampler = new QualitySampler(redis, { shards, siteDir }, { model });
  await expect(sampler.onApplicationBootstrap()).rejects.toThrow(/reference-tags\.ndjson: tag r is on L9/);
});

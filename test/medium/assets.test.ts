import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { AssetListDto, NearestDto } from '../../src/assets/asset.dto';
import type { Config } from '../../src/config/config';
import { announce, type Answer, ask, serve } from '../support/assets-app';
import { writeAssetsSite } from '../support/assets-site';
import { privateConfig, privateDatabase, privateRedis } from '../support/private-services';
import { waitFor } from '../support/wait-for';

const pump = (n: number): object => ({
  id: `pump-${n}`,
  name: `Infusion pump ${n}`,
  kind: 'infusion-pump',
  number: `IP-000${n}`,
  serial: `VLM-${n}`,
  tagId: `AC:23:3F:00:00:0${n}`,
  ownerSectionId: 'ward',
  homeUnitId: 'clean',
});
const tagOf = (n: number): string => `ac233f00000${n}`;
const chair = { id: 'chair-1', name: 'Chair', kind: 'wheelchair', tagId: 'c0ffee000001' };

function settings(assets: unknown): Config {
  return privateConfig({ SITE_DIR: writeAssetsSite(assets), ROLES: 'serve', PORT: '0', HEALTH_PORT: '0', SHARDS: '2' });
}

async function setUp(assets: unknown = [pump(1), pump(2), chair]) {
  const config = settings(assets);
  const redis = await privateRedis(config);
  await privateDatabase(config);
  return { config, redis, app: await serve(config) };
}

const read = <S extends z.ZodType>(dto: { schema: S }, answer: Answer): z.output<S> => dto.schema.parse(answer.json());

describe('the registry', () => {
  it('is seeded from assets.json and told to the doors', async () => {
    const { app, redis } = await setUp();
    const { assets } = read(AssetListDto, await ask(app, 'GET', '/api/assets'));
    expect(assets.map(({ id }) => id)).toEqual(['chair-1', 'pump-1', 'pump-2']);
    expect(assets[1]).toMatchObject({ tagId: tagOf(1), number: 'IP-0001', homeUnitId: 'clean', place: null });
    expect(assets[1]?.availability).toMatchObject({ status: 'unknown', evidence: [{ code: 'never-heard' }] });
    expect(await redis.commands.hgetall(redis.keys.enrolledTags)).toEqual({
      [tagOf(1)]: 'asset',
      [tagOf(2)]: 'asset',
      c0ffee000001: 'asset',
    });
  });

  it('finds an asset by the words of its kind in both languages, its name, number and serial', async () => {
    const { app } = await setUp();
    const idsFor = async (q: string) =>
      read(AssetListDto, await ask(app, 'GET', `/api/assets?q=${encodeURIComponent(q)}`)).assets.map(({ id }) => id);
    const pumps = ['pump-1', 'pump-2'];
    expect(await idsFor('iv pump')).toEqual(pumps);
    expect(await idsFor('POMPE')).toEqual(pumps);
    expect(await idsFor('pompe a perf')).toEqual(pumps);
    expect(await idsFor('fauteuil')).toEqual(['chair-1']);
    expect(await idsFor('ip0002')).toEqual(['pump-2']);
    expect(await idsFor('vlm-1')).toEqual(['pump-1']);
    expect(await idsFor('xyzzy')).toEqual([]);
  });
});

describe('where things are', () => {
  it('follows the moves and finds the nearest free one on foot', async () => {
    const { app, redis, config } = await setUp([pump(1), pump(2), pump(3), pump(4)]);
    const at = Date.now();
    await announce(
      redis,
      config,
      { tag: tagOf(1), at, unit: 'patient', x: 4, y: 6 },
      { tag: tagOf(2), at, unit: 'clean', x: 12, y: 6 },
      { tag: tagOf(3), at, unit: 'up-clean', level: 'L1', x: 4, y: 6 },
      { tag: tagOf(4), at, unit: 'soiled', x: 18, y: 6 },
    );
    const found = await waitFor('four places', async () => {
      const { assets } = read(AssetListDto, await ask(app, 'GET', '/api/assets'));
      return assets.every(({ place }) => place !== null) ? assets : null;
    });
    expect(found.map(({ availability }) => availability.status)).toEqual(['in-use', 'free', 'free', 'needs-cleaning']);

    const answer = await ask(app, 'GET', '/api/assets/nearest?kind=infusion-pump&from=unit:patient');
    const { results } = read(NearestDto, answer);
    expect(results.map(({ asset }) => asset.id)).toEqual(['pump-2', 'pump-3']);
    const [near, overhead] = results;
    expect(near).toMatchObject({ unit: { id: 'clean' }, level: { id: 'L0' }, zoneProbability: 0.9 });
    expect(near?.metres).toBeGreaterThan(10);
    expect(near?.metres).toBeLessThan(17);
    expect(overhead?.seconds).toBeGreaterThan(60);
    expect(overhead?.route.features.map(({ properties }) => properties.levelId)).toEqual(['L0', 'L1']);
    const dirty = await ask(
      app,
      'GET',
      '/api/assets/nearest?kind=infusion-pump&from=L0,1,1&availability=needs-cleaning',
    );
    expect(read(NearestDto, dirty).results.map(({ asset }) => asset.id)).toEqual(['pump-4']);
  });
});

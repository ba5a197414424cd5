import { describe, expect, it } from 'vitest';
import { AssetDto, KindListDto, StaysDto, TrailDto } from '../../src/assets/asset.dto';
import { NearestDto } from '../../src/assets/nearest.dto';
import { RedisConnections } from '../../src/redis/redis.module';
import { announce, ask, changesOf, listAssets, prepare, read, serve, setUp } from '../support/assets-app';
import { everythingRecorded } from '../support/streams';
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

describe('the registry', () => {
  it('is seeded from assets.json and told to the doors', async () => {
    const { app, redis } = await setUp([pump(1), pump(2), chair]);
    const assets = await listAssets(app);
    expect(assets.map(({ id }) => id)).toEqual(['chair-1', 'pump-1', 'pump-2']);
    expect(assets[1]).toMatchObject({ tagId: tagOf(1), number: 'IP-0001', homeUnitId: 'clean', place: null });
    expect(assets[1]?.availability).toMatchObject({ status: 'unknown', evidence: [{ code: 'never-heard' }] });
    expect(await redis.commands.hgetall(redis.keys.enrolledTags)).toEqual({
      [tagOf(1)]: 'asset',
      [tagOf(2)]: 'asset',
      c0ffee000001: 'asset',
    });
  });

  it('is told to the doors again when Redis comes back empty', async () => {
    const { app, redis } = await setUp([pump(1)]);
    await redis.commands.del(redis.keys.enrolledTags);
    app.get(RedisConnections, { strict: false }).commands.disconnect(true);
    await waitFor('the tags to be told again', async () => (await redis.commands.hlen(redis.keys.enrolledTags)) === 1);
  });

  it('leaves alone what is wrong in assets.json and enters the rest', async () => {
    const { app } = await setUp([
      pump(1),
      { ...pump(2), tagId: tagOf(1) },
      { ...pump(3), kind: 'toaster' },
      { ...pump(4), homeUnitId: 'attic' },
      'not an asset',
    ]);
    expect((await listAssets(app)).map(({ id }) => id)).toEqual(['pump-1']);
  });

  it('is entered once by two processes that start together, and edits outlive a restart', async () => {
    const { config } = await prepare([pump(1), pump(2)]);
    const [one, two] = await Promise.all([serve(config), serve(config)]);
    expect(await listAssets(one)).toEqual(await listAssets(two));
    await ask(one, 'PATCH', '/api/assets/pump-1', { name: 'Old faithful', tagId: null });
    await ask(one, 'DELETE', '/api/assets/pump-2');
    const three = await serve(config);
    expect((await listAssets(three)).map(({ id, name, tagId }) => [id, name, tagId])).toEqual([
      ['pump-1', 'Old faithful', null],
    ]);
  });

  it('finds an asset by the words of its kind in both languages, its name, number and serial', async () => {
    const { app } = await setUp([pump(1), pump(2), chair]);
    const idsFor = async (q: string) => (await listAssets(app, `q=${encodeURIComponent(q)}`)).map(({ id }) => id);
    const pumps = ['pump-1', 'pump-2'];
    expect(await idsFor('iv pump')).toEqual(pumps);
    expect(await idsFor('POMPE')).toEqual(pumps);
    expect(await idsFor('fauteuil')).toEqual(['chair-1']);
    expect(await idsFor('ip0002')).toEqual(['pump-2']);
    expect(await idsFor('vlm-1')).toEqual(['pump-1']);
    expect(await idsFor('xyzzy')).toEqual([]);
  });

  it('forgives typing errors in words, not in numbers', async () => {
    const { app } = await setUp([pump(1), pump(2), chair]);
    const idsFor = async (q: string) => (await listAssets(app, `q=${encodeURIComponent(q)}`)).map(({ id }) => id);
    expect(await idsFor('infusoin')).toEqual(['pump-1', 'pump-2']);
    expect(await idsFor('pompe a perfsion')).toEqual(['pump-1', 'pump-2']);
    expect(await idsFor('fauteil roulant')).toEqual(['chair-1']);
    expect(await idsFor('ip-0003')).toEqual([]);
  });

  it('takes a new asset, whose tag is followed at once', async () => {
    const { app, redis } = await setUp([pump(1)]);
    const answer = await ask(app, 'POST', '/api/assets', { name: 'Bed 7', kind: 'bed', tagId: 'AC:23:3F:AA:BB:CC' });
    expect(answer.status).toBe(201);
    const bed = read(AssetDto, answer);
    expect(bed).toMatchObject({ name: 'Bed 7', tagId: 'ac233faabbcc', number: null });
    expect(await redis.commands.hget(redis.keys.enrolledTags, 'ac233faabbcc')).toBe('asset');
    expect(read(AssetDto, await ask(app, 'GET', `/api/assets/${bed.id}`))).toEqual(bed);
  });

  it.each([
    ['an id in use', 409, { id: 'pump-1', name: 'x', kind: 'bed' }, /pump-1/],
    ['a tag in use', 409, { name: 'x', kind: 'bed', tagId: 'AC:23:3F:00:00:01' }, /ac233f000001/],
    ['an unknown kind', 400, { name: 'x', kind: 'toaster' }, /kind.*infusion-pump/],
    ['an unknown unit', 400, { name: 'x', kind: 'bed', homeUnitId: 'attic' }, /attic/],
    ['no name', 400, { kind: 'bed' }, /name/],
    ['a field it does not know', 400, { name: 'x', kind: 'bed', colour: 'red' }, /colour/],
    ['an id with a slash', 400, { id: 'a/b', name: 'x', kind: 'bed' }, /id/],
  ])('refuses %s and says why', async (_what, status, body, reason) => {
    const { app } = await setUp([pump(1)]);
    const answer = await ask(app, 'POST', '/api/assets', body);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.text).toMatch(reason);
    expect(await listAssets(app)).toHaveLength(1);
  });

  it('lets a tag go from one asset to another', async () => {
    const { app } = await setUp([pump(1), pump(2)]);
    expect((await ask(app, 'PATCH', '/api/assets/pump-2', { tagId: tagOf(1) })).status).toBe(409);
    await ask(app, 'PATCH', '/api/assets/pump-1', { tagId: null });
    const moved = read(AssetDto, await ask(app, 'PATCH', '/api/assets/pump-2', { tagId: tagOf(1) }));
    expect(moved.tagId).toBe(tagOf(1));
  });

  it('has no asset that was taken out of use, and says so to those who look on', async () => {
    const { app, redis } = await setUp([pump(1)]);
    expect((await ask(app, 'DELETE', '/api/assets/pump-1')).status).toBe(204);
    expect((await ask(app, 'GET', '/api/assets/pump-1')).status).toBe(404);
    expect((await ask(app, 'DELETE', '/api/assets/pump-1')).status).toBe(404);
    expect(await redis.commands.hlen(redis.keys.enrolledTags)).toBe(0);
    const [change] = await waitFor('the change', async () => {
      const changes = await changesOf(redis);
      return changes.length > 0 ? changes : null;
    });
    expect(change).toMatchObject({ id: 'pump-1', retired: true, place: null });
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
      const assets = await listAssets(app);
      return assets.every(({ place }) => place !== null) ? assets : null;
    });
    expect(found.map(({ availability }) => availability.status)).toEqual(['in-use', 'free', 'free', 'needs-cleaning']);
    expect((await listAssets(app, 'section=ward-up&availability=free')).map(({ id }) => id)).toEqual(['pump-3']);

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

  it.each([
    ['from=unit:attic&kind=bed', /attic/],
    ['from=L9,1,1&kind=bed', /L9.*L0, L1/],
    ['from=L0,one,1&kind=bed', /from must be/],
    ['from=L0,1,1', /kind/],
    ['from=L0,1,1&kind=toaster', /unknown kind/],
    ['from=L0,1,1&kind=bed&limit=1000', /limit/],
  ])('refuses to look for the nearest with %s', async (query, reason) => {
    const { app } = await setUp([]);
    const answer = await ask(app, 'GET', `/api/assets/nearest?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(reason);
  });

  it('keeps where a silent tag was last seen, also over a restart', async () => {
    const { app, redis, config } = await setUp([pump(1)], 'record,serve');
    const at = Date.now() - 60_000;
    await announce(
      redis,
      config,
      { tag: tagOf(1), at, unit: 'clean' },
      { tag: tagOf(1), at, unit: 'clean', silent: true },
    );
    const silent = await waitFor('silence', async () => {
      const [asset] = await listAssets(app);
      return asset?.place?.silent === true ? asset : null;
    });
    expect(silent.place).toMatchObject({ unitId: 'clean', since: at });
    expect(silent.availability).toMatchObject({
      status: 'unknown',
      evidence: [{ code: 'silent' }, { code: 'rests-in' }],
    });
    await everythingRecorded(redis, config.shards);
    await app.close();
    const again = await serve(config);
    const [asset] = await listAssets(again);
    expect(asset?.place).toMatchObject({ unitId: 'clean', levelId: 'L0', x: 10, y: 5, at, silent: true });
  });

  it('lets the newest fix win, whatever order moves are read in', async () => {
    const { app, redis, config } = await setUp([pump(1)]);
    const at = Date.now();
    await announce(
      redis,
      config,
      { tag: tagOf(1), at, unit: 'clean' },
      { tag: tagOf(1), at: at - 5_000, unit: 'patient' },
      { tag: tagOf(1), at: at - 5_000, unit: 'patient', silent: true },
    );
    // A stream is read in order: when the last is there, so are those before it.
    await announce(redis, config, { tag: tagOf(1), at: at + 1, unit: 'clean' });
    const [asset] = await waitFor('the place', async () => {
      const assets = await listAssets(app);
      return assets[0]?.place?.at === at + 1 ? assets : null;
    });
    expect(asset?.place).toMatchObject({ unitId: 'clean', silent: false });
  });

  it('tells trail and stays from history', async () => {
    const { app, redis, config } = await setUp([pump(1)], 'record,serve');
    const at = Date.now() - 10_000;
    await announce(
      redis,
      config,
      { tag: tagOf(1), at, unit: 'clean', x: 12, entered: true },
      { tag: tagOf(1), at: at + 5_000, unit: 'clean', x: 13 },
    );
    await everythingRecorded(redis, config.shards);
    const trail = read(TrailDto, await ask(app, 'GET', '/api/assets/pump-1/trail'));
    expect(trail.fixes.map(({ at, x, unitId }) => [at, x, unitId])).toEqual([
      [at, 12, 'clean'],
      [at + 5_000, 13, 'clean'],
    ]);
    expect(trail.truncated).toBe(false);
    const early = read(TrailDto, await ask(app, 'GET', `/api/assets/pump-1/trail?from=${at - 9}&to=${at + 1}`));
    expect(early.fixes).toHaveLength(1);
    const { stays } = read(StaysDto, await ask(app, 'GET', '/api/assets/pump-1/stays'));
    expect(stays).toEqual([{ unitId: 'clean', levelId: 'L0', sectionId: 'ward', enteredAt: at, leftAt: null }]);
    expect((await ask(app, 'GET', '/api/assets/pump-1/trail?from=2&to=1')).status).toBe(400);
    expect((await ask(app, 'GET', '/api/assets/pump-1/trail?from=yesterday')).status).toBe(400);
    expect((await ask(app, 'GET', '/api/assets/nobody/trail')).status).toBe(404);
  });
});

it('the kinds are told in both languages', async () => {
  const { app } = await setUp([]);
  const { kinds } = read(KindListDto, await ask(app, 'GET', '/api/kinds'));
  expect(kinds).toHaveLength(15);
  expect(kinds[0]).toMatchObject({ id: 'infusion-pump', name: { en: 'Infusion pump', fr: 'Pompe à perfusion' } });
});

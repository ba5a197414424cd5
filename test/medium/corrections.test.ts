import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AssetDto, type NewAssetDto } from '../../src/assets/asset.dto';
import { CorrectedDto, SupersededProblemDto } from '../../src/assets/availability.dto';
import { Forgetting } from '../../src/assets/forgetting';
import { searchSeconds } from '../../src/assets/search-metrics';
import type { AssetView, CorrectionCode } from '../../src/live/protocol';
import { announce, ask, listAssets, read, serve, setUp } from '../support/assets-app';
import { openDatabase } from '../support/private-services';
import { waitFor } from '../support/wait-for';

const tag = 'ac233f000001';
const pumps: Partial<NewAssetDto>[] = [{ id: 'pump-1', name: 'Pump 1', kind: 'infusion-pump', tagId: tag }];
const [mine, theirs] = [randomUUID(), randomUUID()];
const path = '/api/assets/pump-1/corrections';
type App = Awaited<ReturnType<typeof serve>>;

interface Words {
  readonly id?: string;
  readonly tablet?: string;
  readonly saidAt?: number;
  readonly note?: string;
  readonly searchStartedAt?: number;
}

const say = (app: App, code: CorrectionCode, words: Words = {}) =>
  ask(app, 'POST', path, { id: randomUUID(), tablet: mine, saidAt: Date.now(), code, ...words });
const corrected = async (app: App, code: CorrectionCode, words: Words = {}): Promise<AssetView> =>
  read(CorrectedDto, await say(app, code, words)).asset;

/** A pump that has rested in the clean utility room for a minute, known to two processes. */
async function restingPump() {
  const started = await setUp(pumps);
  const second = await serve(started.config);
  const at = Date.now();
  await announce(started.redis, started.config, { tag, at, unit: 'clean', since: at - 60_000 });
  for (const app of [started.app, second]) {
    await waitFor('the place', async () => (await listAssets(app))[0]?.availability.status === 'free');
  }
  return { ...started, second, at };
}

describe('a correction', () => {
  it.each<[CorrectionCode, AssetView['availability']['status']]>([
    ['in-use', 'in-use'],
    ['dirty', 'needs-cleaning'],
    ['broken', 'out-of-service'],
    ['not-here', 'unknown'],
  ])('of %s is what the next search in another process finds, within two seconds', async (code, status) => {
    const { app, second } = await restingPump();
    const asset = await corrected(app, code, { note: 'as I saw it' });
    expect(asset.availability.status).toBe(status);
    const inTime = 2_000;
    await waitFor(
      'the other process to know',
      async () => (await listAssets(second))[0]?.availability.status === status,
      inTime,
    );
    const near = await ask(second, 'GET', '/api/assets/nearest?kind=infusion-pump&from=unit:patient');
    expect(near.json()).toMatchObject({ results: [] });
  });

  it('counts once however often it is sent, and its answer is the same', async () => {
    const { app, config } = await restingPump();
    const id = randomUUID();
    const [first, ...again] = await Promise.all([1, 2, 3].map(() => say(app, 'dirty', { id, saidAt: 1 + Date.now() })));
    for (const answer of again) expect(answer.status).toBe(first?.status);
    expect(first?.status).toBe(200);
    const database = await openDatabase(config);
    expect(await database.kysely.selectFrom('correction').select(['id', 'code']).execute()).toEqual([
      { id, code: 'dirty' },
    ]);
    expect(await database.kysely.selectFrom('asset_status').select('status').execute()).toHaveLength(1);
  });

  it('is undone with what it did: the status before it holds again, in every process', async () => {
    const { app, second } = await restingPump();
    await ask(app, 'POST', '/api/assets/pump-1/status', { status: 'needs-cleaning', note: 'spilt' });
    const id = randomUUID();
    expect((await corrected(app, 'in-use', { id })).availability.status).toBe('in-use');
    const undone = read(CorrectedDto, await ask(second, 'DELETE', `${path}/${id}`)).asset;
    expect(undone.availability.status).toBe('needs-cleaning');
    expect(undone.availability.evidence[0]).toMatchObject({ code: 'manual', note: 'spilt' });
    await waitFor(
      'the first process to know',
      async () => (await listAssets(app))[0]?.availability.status === 'needs-cleaning',
    );
    expect((await ask(app, 'DELETE', `${path}/${id}`)).status).toBe(200);
    expect((await ask(app, 'DELETE', `${path}/${randomUUID()}`)).status).toBe(404);
  });

  it('undone after somebody set another status leaves that one alone', async () => {
    const { app } = await restingPump();
    const id = randomUUID();
    await corrected(app, 'in-use', { id });
    await ask(app, 'POST', '/api/assets/pump-1/status', { status: 'out-of-service' });
    const undone = read(CorrectedDto, await ask(app, 'DELETE', `${path}/${id}`)).asset;
    expect(undone.availability.status).toBe('out-of-service');
  });

  it('makes the room that misled count less for this asset, until it is undone', async () => {
    const { app } = await restingPump();
    const before = (await listAssets(app))[0]?.availability.freeProbability ?? 0;
    const id = randomUUID();
    await corrected(app, 'in-use', { id });
    const cleared = read(AssetDto, await ask(app, 'DELETE', '/api/assets/pump-1/status'));
    expect(cleared.availability.freeProbability).toBeLessThan(before - 0.05);
    await ask(app, 'DELETE', `${path}/${id}`);
    expect((await listAssets(app))[0]?.availability.freeProbability).toBeCloseTo(before, 1);
  });

  it('ends the claim of who made it, and of nobody else', async () => {
    const { app } = await restingPump();
    await ask(app, 'POST', '/api/assets/pump-1/claim', { tablet: mine });
    expect((await corrected(app, 'not-here')).claim).toBeNull();
    await ask(app, 'POST', '/api/assets/pump-1/claim', { tablet: theirs });
    expect((await corrected(app, 'dirty')).claim?.by).toBe(theirs);
  });
});

describe('a correction that waited for network', () => {
  it('is void when somebody has said something else since, and says how it is now', async () => {
    const { app } = await restingPump();
    await corrected(app, 'dirty', { tablet: theirs });
    const late = await say(app, 'free', { saidAt: Date.now() - 50_000 });
    expect(late.status).toBe(409);
    const problem = read(SupersededProblemDto, late);
    expect(problem).toMatchObject({ reason: 'superseded', asset: { availability: { status: 'needs-cleaning' } } });
    expect((await say(app, 'dirty', { saidAt: Date.now() - 50_000 })).status).toBe(200);
  });

  it('is void when a claim of another or a status set by staff is newer', async () => {
    const { app } = await restingPump();
    await ask(app, 'POST', '/api/assets/pump-1/claim', { tablet: theirs });
    expect((await say(app, 'in-use', { saidAt: Date.now() - 50_000 })).status).toBe(409);
    await ask(app, 'DELETE', `/api/assets/pump-1/claim?tablet=${theirs}`);
    await ask(app, 'POST', '/api/assets/pump-1/status', { status: 'free' });
    expect((await say(app, 'in-use', { saidAt: Date.now() - 50_000 })).status).toBe(409);
  });

  it('is void when the asset has gone to another room since; that it is broken stays true', async () => {
    const { app, redis, config, at } = await restingPump();
    await announce(redis, config, { tag, at: at + 1_000, unit: 'patient', since: at - 30_000 });
    await waitFor('the move', async () => (await listAssets(app))[0]?.place?.unitId === 'patient');
    expect((await say(app, 'not-here', { saidAt: at - 300_000 })).status).toBe(409);
    expect((await say(app, 'broken', { saidAt: at - 300_000 })).status).toBe(200);
  });
});

describe('found it', () => {
  it('closes the search: its time is kept without the tablet, and counted', async () => {
    const { app, config } = await restingPump();
    await corrected(app, 'not-here', { tablet: theirs });
    const saidAt = Date.now();
    const id = randomUUID();
    const found = await corrected(app, 'found', { id, saidAt, searchStartedAt: saidAt - 42_500 });
    expect(found.availability.status).toBe('free');
    await say(app, 'found', { id, saidAt, searchStartedAt: saidAt - 42_500 });
    const database = await openDatabase(config);
    const rows = await database.kysely.selectFrom('search_time').select(['kind', 'seconds']).execute();
    expect(rows).toEqual([{ kind: 'infusion-pump', seconds: 42.5 }]);
    const { values } = await searchSeconds.get();
    const total = values.find(({ metricName }) => metricName === 'whereabouts_search_seconds_sum');
    expect(total?.value).toBe(42.5);
  });

  it('does not count a search that took a day or has not begun', async () => {
    const { app, config } = await restingPump();
    const now = Date.now();
    await corrected(app, 'found', { searchStartedAt: now - 24 * 3_600_000 });
    await corrected(app, 'found', { searchStartedAt: now + 60_000 });
    const database = await openDatabase(config);
    expect(await database.kysely.selectFrom('search_time').selectAll().execute()).toEqual([]);
  });

  it('forgets after a day which tablet said what', async () => {
    const { app, config } = await restingPump();
    await corrected(app, 'dirty');
    const database = await openDatabase(config);
    const tablets = () => database.kysely.selectFrom('correction').select('tablet').execute();
    await app.get(Forgetting, { strict: false }).forget();
    expect(await tablets()).toEqual([{ tablet: mine }]);
    await database.kysely
      .updateTable('correction')
      .set({ received_at: new Date(Date.now() - 25 * 3_600_000) })
      .execute();
    await app.get(Forgetting, { strict: false }).forget();
    expect(await tablets()).toEqual([{ tablet: null }]);
  });
});

it.each([
  ['no such code', 400, { code: 'lost' }],
  ['an id that is no uuid', 400, { id: '7' }],
  ['no tablet', 400, { tablet: undefined }],
])('refuses a correction with %s', async (_what, status, wrong) => {
  const { app } = await setUp(pumps);
  const body = { id: randomUUID(), tablet: mine, saidAt: Date.now(), code: 'dirty', ...wrong };
  expect((await ask(app, 'POST', path, body)).status).toBe(status);
});

it('takes a correction of an asset that was never heard, and refuses one of an asset nobody knows', async () => {
  const { app } = await setUp(pumps);
  expect((await corrected(app, 'broken')).availability.status).toBe('out-of-service');
  const body = { id: randomUUID(), tablet: mine, saidAt: Date.now(), code: 'dirty' };
  expect((await ask(app, 'POST', '/api/assets/nobody/corrections', body)).status).toBe(404);
});

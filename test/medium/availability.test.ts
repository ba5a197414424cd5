import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AssetDto } from '../../src/assets/asset.dto';
import { AvailabilityRulesDto, WorklistDto } from '../../src/assets/availability.dto';
import type { Database } from '../../src/database/database.module';
import { announce, ask, listAssets, prepare, read, serve, setUp } from '../support/assets-app';
import { writeAssetsSite } from '../support/assets-site';
import { dropSchema, openDatabase, privateConfig, privateRedis } from '../support/private-services';
import { waitFor } from '../support/wait-for';

const tag = 'ac233f000001';
const other = 'ac233f000002';
const pump = (id: string, tagId: string | null) => ({
  id,
  name: `Pump ${id}`,
  kind: 'infusion-pump',
  tagId,
  ownerSectionId: 'ward',
});
const assets = [pump('pump-1', tag), pump('pump-2', other)];
const rulesPath = '/api/availability-rules';
type App = Awaited<ReturnType<typeof serve>>;

const statusOf = async (app: App, id = 'pump-1') =>
  read(AssetDto, await ask(app, 'GET', `/api/assets/${id}`)).availability.status;

async function changesIn(database: Database, assetId = 'pump-1') {
  const rows = await database.kysely
    .selectFrom('availability_change')
    .select(['from_status', 'to_status', 'cause', 'unit_id'])
    .where('asset_id', '=', assetId)
    .orderBy('id')
    .execute();
  return rows.map((row) => [row.from_status, row.to_status, row.cause, row.unit_id]);
}

describe('changes of availability', () => {
  it('are stored once by two processes, with what told most', async () => {
    const { app, redis, config } = await setUp(assets);
    const second = await serve(config);
    const database = await openDatabase(config);
    const at = Date.now();
    const store = async (count: number) =>
      waitFor(`${count} changes`, async () => {
        const changes = await changesIn(database);
        return changes.length >= count ? changes : null;
      });
    await store(1);
    await announce(redis, config, { tag, at, unit: 'clean' });
    await store(2);
    await announce(redis, config, { tag, at: at + 1, unit: 'patient' });
    await store(3);
    await app.close();
    await announce(redis, config, { tag, at: at + 2, unit: 'soiled' });
    await store(4);
    await second.close();
    expect(await changesIn(database)).toEqual([
      [null, 'unknown', 'never-heard', null],
      ['unknown', 'free', 'rests-in', 'clean'],
      ['free', 'in-use', 'rests-in', 'patient'],
      ['in-use', 'needs-cleaning', 'rests-in', 'soiled'],
    ]);
  });

  it('are judged by where a pump was used before the process started', async () => {
    const { app, redis, config } = await setUp(assets);
    const database = await openDatabase(config);
    await app.close();
    const now = Date.now();
    const ago = (minutes: number) => new Date(now - minutes * 60_000);
    const stay = { tag_id: tag, section_id: 'ward', level_id: 'L0' };
    await database.kysely
      .insertInto('stay')
      .values([
        { ...stay, zone_id: 'soiled', entered_at: ago(300), left_at: ago(280) },
        { ...stay, zone_id: 'patient', entered_at: ago(200), left_at: ago(20) },
        { ...stay, zone_id: 'clean', entered_at: ago(18), left_at: null },
      ])
      .execute();
    const again = await serve(config);
    await announce(redis, config, { tag, at: now, unit: 'clean' });
    const asset = await waitFor('its place', async () => {
      const pumpOne = read(AssetDto, await ask(again, 'GET', '/api/assets/pump-1'));
      return pumpOne.place === null ? null : pumpOne;
    });
    const reason = asset.availability.evidence.find(({ code }) => code === 'not-cleaned');
    expect(reason).toMatchObject({ unitId: 'patient', since: ago(20).getTime() });
    expect(reason?.text).toMatch(/^used in .* 20 min ago, not seen where such things are cleaned since$/);
  });

  it('that happened while nobody looked are stored by the next to start', async () => {
    const { app, redis, config } = await setUp(assets);
    const database = await openDatabase(config);
    await waitFor('the first', async () => (await changesIn(database)).length === 1);
    await ask(app, 'POST', '/api/assets/pump-1/status', { status: 'out-of-service' });
    await waitFor('the second', async () => (await changesIn(database)).length === 2);
    await app.close();
    await database.kysely.updateTable('asset_status').set({ status: 'needs-cleaning' }).execute();
    await serve(config);
    expect(redis.commands.status).toBe('ready');
    await waitFor('the third', async () => (await changesIn(database)).length === 3);
    expect((await changesIn(database)).map(([, to]) => to)).toEqual(['unknown', 'out-of-service', 'needs-cleaning']);
  });
});

describe("the device's own feed", () => {
  it('stands beside what staff said, is confirmed by repeating, and is cleared alone', async () => {
    const { app, redis, config } = await setUp(assets);
    await announce(redis, config, { tag, at: Date.now(), unit: 'clean' });
    await waitFor('the place', async () => (await statusOf(app)) === 'free');
    const feed = () => ask(app, 'POST', '/api/assets/pump-1/status', { status: 'in-use', source: 'device' });
    const running = read(AssetDto, await feed());
    expect(running.availability).toMatchObject({ status: 'in-use' });
    expect(running.availability.evidence[0]).toMatchObject({ code: 'device-feed', status: 'in-use' });
    await feed();
    const database = await openDatabase(config);
    const rows = await database.kysely.selectFrom('asset_status').select(['source', 'confirmed_at']).execute();
    expect(rows).toEqual([{ source: 'device', confirmed_at: expect.any(Date) as Date }]);
    await ask(app, 'POST', '/api/assets/pump-1/status', { status: 'out-of-service', reason: 'recall', note: 'FSN 7' });
    const cleared = read(AssetDto, await ask(app, 'DELETE', '/api/assets/pump-1/status?source=device'));
    expect(cleared.availability.status).toBe('out-of-service');
    expect(cleared.availability.evidence[0]).toMatchObject({ code: 'recall', note: 'FSN 7' });
    expect(cleared.availability.evidence[0]?.text).toContain('FSN 7');
  });
});

describe('a bed that a pump goes with', () => {
  it('makes it in use where it would not be known to be', async () => {
    const { app, redis, config } = await setUp([
      ...assets,
      { id: 'bed-1', name: 'Bed 1', kind: 'bed', tagId: 'bed000000001' },
    ]);
    const at = Date.now() - 400_000;
    const together = async (ms: number, unit: string): Promise<void> => {
      await announce(redis, config, { tag, at: at + ms, unit }, { tag: 'bed000000001', at: at + ms + 4_000, unit });
      await waitFor(`them in ${unit}`, async () => {
        const found = await listAssets(app);
        return ['pump-1', 'bed-1'].every((id) => found.find((asset) => asset.id === id)?.place?.unitId === unit);
      });
    };
    await together(0, 'patient');
    await together(100_000, 'corridor');
    await together(110_000, 'stair');
    const parked = read(AssetDto, await ask(app, 'GET', '/api/assets/pump-1'));
    expect(parked.availability.evidence).toContainEqual(
      expect.objectContaining({ code: 'moving-with', companion: { id: 'bed-1', kind: 'bed', name: 'Bed 1' } }),
    );
    expect(parked.availability.status).toBe('in-use');
    await announce(redis, config, { tag, at: at + 200_000, unit: 'clean' });
    await waitFor('it alone in the store', async () => (await statusOf(app)) === 'free');
  });
});

describe('the rules', () => {
  it('hold in a process whose start makes the tables', async () => {
    const config = privateConfig({ SITE_DIR: writeAssetsSite(assets), ROLES: 'serve', PORT: '0', HEALTH_PORT: '0' });
    await privateRedis(config);
    onTestFinished(() => dropSchema(config));
    const app = await serve(config);
    expect(read(AvailabilityRulesDto, await ask(app, 'GET', rulesPath)).changes).toEqual({});
  });

  it('are changed by an administrator from now on, in every process, and over a restart', async () => {
    const { app, redis, config } = await setUp(assets);
    const second = await serve(config);
    await announce(redis, config, { tag, at: Date.now(), unit: 'patient' });
    await waitFor('the place', async () => (await statusOf(second)) === 'in-use');
    const changes = { kinds: { 'infusion-pump': { places: { 'patient-room': { free: 4, 'in-use': 0 } } } } };
    const changed = read(AvailabilityRulesDto, await ask(app, 'PUT', rulesPath, changes));
    expect(changed.changes).toEqual(changes);
    expect(changed.rules).toMatchObject({
      general: { places: { 'patient-room': { 'in-use': 3 } } },
      kinds: { 'infusion-pump': { places: { 'patient-room': { free: 4, 'in-use': 0 } } } },
    });
    expect(await statusOf(app)).toBe('free');
    await waitFor('the other process to follow', async () => (await statusOf(second)) === 'free');
    const third = await serve(config);
    expect(read(AvailabilityRulesDto, await ask(third, 'GET', rulesPath)).changes).toEqual(changes);
    await ask(third, 'PUT', rulesPath, {});
    await waitFor('the rules as they were', async () => (await statusOf(app)) === 'in-use');
  });

  it.each([
    ['an unknown kind', { kinds: { toaster: {} } }, /toaster/],
    ['an unknown status', { general: { places: { lobby: { busy: 1 } } } }, /busy/],
    ['a field it does not know', { general: { colour: 1 } }, /colour/],
    ['a probability of 2', { general: { leastToSay: 2 } }, /leastToSay/],
    ['thresholds the wrong way round', { general: { leastToSay: 0.5, leastToHold: 0.9 } }, /leastToHold/],
    ['text where a number should be', { general: { manual: { weight: 'much' } } }, /weight/],
  ])('are not changed to %s, and what is wrong is named', async (_what, changes, reason) => {
    const { app } = await setUp(assets);
    const refused = await ask(app, 'PUT', rulesPath, changes);
    expect(refused.status).toBe(400);
    expect(refused.text).toMatch(reason);
    expect(read(AvailabilityRulesDto, await ask(app, 'GET', rulesPath)).changes).toEqual({});
  });

  it("of the site's own file lie between those that come along and the administrator's; a wrong file stops the start", async () => {
    const { config } = await prepare(assets);
    const file = join(config.siteDir, 'availability.json');
    writeFileSync(file, JSON.stringify({ general: { manual: { weight: 9 }, settleMinutes: 7 } }));
    const app = await serve(config);
    await ask(app, 'PUT', rulesPath, { general: { settleMinutes: 5 } });
    const { rules } = read(AvailabilityRulesDto, await ask(app, 'GET', rulesPath));
    expect(rules).toMatchObject({ general: { manual: { weight: 9, halfLifeMinutes: 240 }, settleMinutes: 5 } });
    writeFileSync(file, JSON.stringify({ general: { manual: { weight: 'a lot' } } }));
    await expect(serve(config)).rejects.toThrow(/availability\.json.*weight/s);
  });
});

describe('the worklist', () => {
  const list = async (app: App, query = '') => read(WorklistDto, await ask(app, 'GET', `/api/worklist${query}`)).items;

  it('has what is lost, broken, dirty or silent, most pressing first, with where it was and what to do', async () => {
    const tags = Array.from({ length: 5 }, (_, i) => `ac233f00000${i}`);
    const { app, redis, config } = await setUp(tags.map((tagId, i) => pump(`pump-${i}`, tagId)));
    const at = Date.now();
    const places = ['clean', 'soiled', 'patient', 'clean'];
    await announce(redis, config, ...places.map((unit, i) => ({ tag: tags[i] ?? '', at, unit, silent: i === 3 })));
    await waitFor('the places', async () => (await listAssets(app)).filter(({ place }) => place !== null).length === 4);
    await ask(app, 'POST', '/api/assets/pump-2/status', { status: 'out-of-service', note: 'Cracked' });
    const body = { id: randomUUID(), tablet: randomUUID(), saidAt: Date.now(), code: 'not-here' };
    await ask(app, 'POST', '/api/assets/pump-0/corrections', body);
    const items = await list(app);
    expect(items.map(({ asset, reason, advice }) => [asset.id, reason, advice.code])).toEqual([
      ['pump-0', 'not-found', 'search-nearby'],
      ['pump-3', 'silent', 'look-where-last-seen'],
      ['pump-4', 'silent', 'check-tag'],
      ['pump-2', 'out-of-service', 'send-to-workshop'],
      ['pump-1', 'needs-cleaning', 'clean'],
    ]);
    expect(items[1]).toMatchObject({ since: at, lastSeen: { unitId: 'clean', levelId: 'L0', at } });
    expect(items[2]?.lastSeen).toBeNull();
    expect(await list(app, '?section=ward-up')).toEqual([]);
    expect(await list(app, '?section=ward')).toHaveLength(5);
  });
});

import { describe, expect, it } from 'vitest';
import { AssetDto } from '../../src/assets/asset.dto';
import type { Database } from '../../src/database/database.module';
import type { AssetView } from '../../src/live/protocol';
import type { RedisConnections } from '../../src/redis/redis.module';
import { announce, ask, changesOf, listAssets, prepare, read, serve, setUp } from '../support/assets-app';
import { openDatabase } from '../support/private-services';
import { waitFor } from '../support/wait-for';

const tag = 'ac233f000001';
const other = 'ac233f000002';
const assets = [
  { id: 'pump-1', name: 'Pump 1', kind: 'infusion-pump', tagId: tag },
  { id: 'pump-2', name: 'Pump 2', kind: 'infusion-pump', tagId: other },
];

/** Waits until this many changes have been published. */
async function published(redis: RedisConnections, count: number): Promise<AssetView[]> {
  return waitFor(`${count} changes`, async () => {
    const changes = await changesOf(redis);
    return changes.length >= count ? changes : null;
  });
}

const inShort = ({ id, availability, place }: AssetView): string =>
  `${id} ${availability.status} ${place?.unitId ?? 'nowhere'}${place?.silent === true ? ' silent' : ''}`;

async function statusRows(database: Database) {
  const rows = await database.kysely
    .selectFrom('asset_status')
    .select(['status', 'note', 'space_type', 'ended_by'])
    .orderBy('id')
    .execute();
  return rows.map((row) => [row.status, row.note, row.space_type, row.ended_by]);
}

describe('changes of assets', () => {
  it('are published when the room, the availability or the silence changes, and not with every fix', async () => {
    const { redis, config } = await setUp(assets);
    const at = Date.now();
    await announce(redis, config, { tag, at, unit: 'patient', x: 4 });
    await published(redis, 1);
    await announce(
      redis,
      config,
      { tag, at: at + 1, unit: 'patient', x: 4.5, since: at },
      { tag, at: at + 2, unit: 'patient', x: 5, since: at },
    );
    await announce(redis, config, { tag: other, at, unit: 'clean' });
    await published(redis, 2);
    await announce(redis, config, { tag, at: at + 3, unit: 'soiled', x: 20 });
    await published(redis, 3);
    await announce(redis, config, { tag, at: at + 3, unit: 'soiled', x: 20, silent: true });
    const changes = await published(redis, 4);
    expect(changes.map(inShort)).toEqual([
      'pump-1 in-use patient',
      'pump-2 free clean',
      'pump-1 needs-cleaning soiled',
      'pump-1 unknown soiled silent',
    ]);
  });

  it('are published once by two processes', async () => {
    const { redis, config } = await setUp(assets);
    const second = await serve(config);
    const at = Date.now();
    await announce(redis, config, { tag, at, unit: 'patient' });
    await waitFor('both to know', async () => (await listAssets(second))[0]?.place);
    await announce(redis, config, { tag: other, at, unit: 'clean' });
    // The publisher takes changes in order: when the second is there, nothing of the first is still to come.
    const changes = await published(redis, 2);
    expect(changes.map(inShort)).toEqual(['pump-1 in-use patient', 'pump-2 free clean']);
  });

  it('that a process died with are published by the next to hold the lease', async () => {
    const { redis, config } = await prepare(assets);
    await redis.commands.set(redis.keys.publisherLease, 'a process that was killed', 'PX', 2_500);
    const app = await serve(config);
    await announce(redis, config, { tag, at: Date.now(), unit: 'patient' });
    await waitFor('the place', async () => (await listAssets(app))[0]?.place);
    expect(await changesOf(redis)).toEqual([]);
    expect((await published(redis, 1)).map(inShort)).toEqual(['pump-1 in-use patient']);
  });
});

describe('a status set by hand', () => {
  it('goes before the place until it is cleared, in every process', async () => {
    const { app, redis, config } = await setUp(assets);
    const second = await serve(config);
    await announce(redis, config, { tag, at: Date.now(), unit: 'clean' });
    await waitFor('the place', async () => (await listAssets(app))[0]?.place);
    const set = await ask(app, 'POST', '/api/assets/pump-1/status', {
      status: 'out-of-service',
      note: 'Cracked screen',
    });
    expect(set.status).toBe(200);
    const { status, evidence } = read(AssetDto, set).availability;
    expect(status).toBe('out-of-service');
    expect(evidence[0]).toMatchObject({ code: 'out-of-service', note: 'Cracked screen' });
    expect(evidence).toContainEqual(expect.objectContaining({ code: 'rests-in', status: 'free' }));
    await waitFor('the other process to know', async () => {
      const [asset] = await listAssets(second);
      return asset?.availability.status === 'out-of-service';
    });
    const cleared = await ask(second, 'DELETE', '/api/assets/pump-1/status');
    expect(read(AssetDto, cleared).availability.status).toBe('free');
    await waitFor('the first process to know', async () => (await listAssets(app))[0]?.availability.status === 'free');
  });

  it('ends for good when the asset is taken to another kind of room', async () => {
    const { app, redis, config } = await setUp(assets);
    const database = await openDatabase(config);
    await announce(redis, config, { tag, at: Date.now() - 1_000, unit: 'patient' });
    await waitFor('the place', async () => (await listAssets(app))[0]?.place);
    await ask(app, 'POST', '/api/assets/pump-1/status', { status: 'free' });
    await announce(redis, config, { tag, at: Date.now() + 1_000, unit: 'soiled' });
    await waitFor('the end of the status', async () => (await statusRows(database))[0]?.[3] !== null);
    await announce(redis, config, { tag, at: Date.now() + 2_000, unit: 'patient' });
    // The end reaches the database first and this process's registry a moment later.
    await waitFor('its return, in use', async () => {
      const [pump] = await listAssets(app);
      return pump?.place?.unitId === 'patient' && pump.availability.status === 'in-use';
    });
    expect(await statusRows(database)).toEqual([['free', null, 'patient-room', 'moved']]);
  });

  it('is replaced by the next, and null takes it back', async () => {
    const { app, config } = await setUp(assets);
    const database = await openDatabase(config);
    await ask(app, 'POST', '/api/assets/pump-1/status', { status: 'free' });
    await ask(app, 'POST', '/api/assets/pump-1/status', { status: 'needs-cleaning' });
    const cleared = await ask(app, 'POST', '/api/assets/pump-1/status', { status: null });
    expect(read(AssetDto, cleared).availability).toMatchObject({
      status: 'unknown',
      evidence: [{ code: 'never-heard' }],
    });
    expect((await statusRows(database)).map(([status, , , endedBy]) => [status, endedBy])).toEqual([
      ['free', 'replaced'],
      ['needs-cleaning', 'cleared'],
    ]);
  });

  it('is refused for an asset nobody knows, and when it is no status', async () => {
    const { app } = await setUp(assets);
    expect((await ask(app, 'POST', '/api/assets/nobody/status', { status: 'free' })).status).toBe(404);
    expect((await ask(app, 'DELETE', '/api/assets/nobody/status')).status).toBe(404);
    expect((await ask(app, 'POST', '/api/assets/pump-1/status', { status: 'lost' })).status).toBe(400);
  });
});

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { register } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { AssetDto } from '../../src/assets/asset.dto';
import { ClosestDto, OpenWindowDto, SpareTagListDto } from '../../src/assets/pairing/pairing.dto';
import { announce, ask, read, setUp } from '../support/assets-app';
import { everyEntry } from '../support/every-entry';
import { waitFor } from '../support/wait-for';

const pump = { id: 'pump-1', name: 'Infusion pump 1', kind: 'infusion-pump', tagId: 'ac233f000001' };
const fresh = 'ac233f0000aa';
const far = 'ac233f0000bb';
const phone = '5c1122334455';

async function hear(app: NestFastifyApplication, ...sightings: readonly (readonly [tagId: string, rssi: number])[]) {
  const answer = await ask(app, 'POST', '/api/gateways/gw1/messages', {
    sightings: sightings.map(([tagId, rssi]) => ({ tagId, rssi })),
  });
  expect(answer.status).toBe(202);
}

const closest = async (app: NestFastifyApplication, from = 'L0,5,5') =>
  read(ClosestDto, await ask(app, 'GET', `/api/pairing/closest?from=${from}`));

async function opened(): Promise<number> {
  const metric = await register.getSingleMetric('whereabouts_pairing_windows_total')?.get();
  return metric?.values[0]?.value ?? 0;
}

describe('the tag that is closest to this tablet', () => {
  it('is, in a pairing window, the new one held to its gateway; nothing is kept of the others', async () => {
    const { app, redis } = await setUp([pump], 'ingest,serve');
    const before = await opened();
    await hear(app, [fresh, -40]);
    expect(await closest(app)).toMatchObject({ window: null, tags: [] });

    const window = read(OpenWindowDto, await ask(app, 'POST', '/api/pairing/window', { from: 'L0,4,5' }));
    expect(window).toMatchObject({ gatewayId: 'gw1', metres: 1 });
    expect(await opened()).toBe(before + 1);
    const found = await waitFor('the tag to be heard', async () => {
      await hear(app, [phone, -30], [fresh, -45], [far, -90], ['ac233f000001', -42]);
      const answer = await closest(app);
      return answer.tags.length > 0 ? answer : null;
    });
    expect(found).toMatchObject({ window: { gatewayId: 'gw1' }, isClear: true });
    expect(found.tags).toMatchObject([{ tagId: fresh, known: false, rssi: -45, metres: null }]);

    const paired = await ask(app, 'PATCH', '/api/assets/pump-1', { tagIds: ['ac233f000001', fresh] });
    expect(read(AssetDto, paired).tagIds).toEqual(['ac233f000001', fresh]);
    expect((await ask(app, 'DELETE', '/api/pairing/window')).status).toBe(204);
    expect(await closest(app)).toMatchObject({ window: null, tags: [] });
    expect((await everyEntry(redis)).filter((text) => text.includes(phone) || text.includes(far))).toEqual([]);
  });

  it('is not said to be clear when another is heard about as strongly', async () => {
    const { app } = await setUp([], 'ingest,serve');
    await ask(app, 'POST', '/api/pairing/window', { from: 'unit:patient' });
    const found = await waitFor('both tags to be heard', async () => {
      await hear(app, [fresh, -45], [far, -48]);
      const answer = await closest(app);
      return answer.tags.length === 2 ? answer : null;
    });
    expect(found.isClear).toBe(false);
    expect(found.tags.map(({ tagId }) => tagId)).toEqual([fresh, far]);
  });

  it('is, without a window, the spare one that is placed nearest', async () => {
    const { app, redis, config } = await setUp([pump]);
    const enrolled = await ask(app, 'POST', '/api/pairing/spares', { tagIds: ['AC:23:3F:00:00:AA', far, pump.tagId] });
    expect(read(SpareTagListDto, enrolled).tagIds.toSorted()).toEqual([fresh, far]);
    expect(await redis.commands.hget(redis.keys.enrolledTags, fresh)).toBe('asset');
    const at = Date.now();
    await announce(
      redis,
      config,
      { tag: far, at, unit: 'soiled', x: 18, y: 6 },
      { tag: fresh, at, unit: 'patient', x: 5, y: 6 },
      { tag: pump.tagId, at, unit: 'patient', x: 5, y: 5 },
    );
    const found = await waitFor('both to be placed', async () => {
      const answer = await closest(app);
      return answer.tags.length === 2 ? answer : null;
    });
    expect(found.tags).toMatchObject([
      { tagId: fresh, known: true, metres: 1 },
      { tagId: far, metres: 13 },
    ]);
    expect(found.isClear).toBe(true);
    expect((await closest(app, 'L1,5,5')).tags).toEqual([]);

    const worn = await ask(app, 'PATCH', '/api/assets/pump-1', { tagIds: [fresh] });
    expect(worn.status).toBe(200);
    expect((await closest(app)).tags.map(({ tagId }) => tagId)).toEqual([far]);
    expect((await ask(app, 'DELETE', `/api/pairing/spares/${far}`)).status).toBe(204);
    expect((await ask(app, 'DELETE', `/api/pairing/spares/${fresh}`)).status).toBe(404);
    expect(await redis.commands.hkeys(redis.keys.enrolledTags)).toEqual([fresh]);
  });

  it('is looked for where there is a gateway, and from a place on the plan', async () => {
    const { app } = await setUp([]);
    expect((await ask(app, 'POST', '/api/pairing/window', { from: 'L1,5,5' })).status).toBe(404);
    expect((await ask(app, 'POST', '/api/pairing/window', { from: 'unit:attic' })).status).toBe(400);
    expect((await ask(app, 'GET', '/api/pairing/closest?from=L9,1,1')).status).toBe(400);
  });
});

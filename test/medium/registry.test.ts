import { describe, expect, it } from 'vitest';
import { AssetDto } from '../../src/assets/asset.dto';
import { announce, ask, listAssets, read, send, setUp } from '../support/assets-app';
import { waitFor } from '../support/wait-for';

const tag = (n: number): string => `ac233f00000${n}`;
const pump = (n: number): object => ({
  id: `pump-${n}`,
  name: `Infusion pump ${n}`,
  kind: 'infusion-pump',
  number: `IP-000${n}`,
  tagId: tag(n),
});

describe('the tags of an asset', () => {
  it('are several at most, and the first that is heard tells where it is', async () => {
    const { app, redis, config } = await setUp([pump(1)]);
    const answer = await ask(app, 'PATCH', '/api/assets/pump-1', { tagIds: [tag(1), tag(8)] });
    expect(read(AssetDto, answer)).toMatchObject({ tagId: tag(1), tagIds: [tag(1), tag(8)] });
    expect(await redis.commands.hlen(redis.keys.enrolledTags)).toBe(2);

    const at = Date.now();
    await announce(redis, config, { tag: tag(8), at, unit: 'soiled', x: 18, y: 6 });
    const seen = async (unitId: string) =>
      waitFor(`the pump in ${unitId}`, async () => {
        const [asset] = await listAssets(app);
        return asset?.place?.unitId === unitId ? asset : null;
      });
    expect(await seen('soiled')).toMatchObject({ tagId: tag(8) });
    await announce(redis, config, { tag: tag(1), at, unit: 'patient', x: 4, y: 6 });
    expect(await seen('patient')).toMatchObject({ tagId: tag(1), tagsApart: true });
    await announce(redis, config, { tag: tag(1), at, unit: 'patient', x: 4, y: 6, silent: true });
    const alone = await seen('soiled');
    expect(alone.tagId).toBe(tag(8));
    expect(alone.tagsApart).toBeUndefined();
  });

  it('are put on no second asset: the refusal names both', async () => {
    const { app } = await setUp([pump(1), pump(2)]);
    const answer = await ask(app, 'PATCH', '/api/assets/pump-2', { tagIds: [tag(7), tag(1)] });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain(
      `Tag ${tag(1)} is on Infusion pump 1 (pump-1): it cannot be put on Infusion pump 2 (pump-2) as well`,
    );
    expect((await listAssets(app)).map(({ tagIds }) => tagIds)).toEqual([[tag(1)], [tag(2)]]);
  });

  it('are five nowhere, and are said in one way', async () => {
    const { app } = await setUp([pump(1)]);
    const five = [1, 2, 3, 4, 5].map(tag);
    expect((await ask(app, 'PATCH', '/api/assets/pump-1', { tagIds: five })).status).toBe(400);
    expect((await ask(app, 'PATCH', '/api/assets/pump-1', { tagIds: [tag(1)], tagId: tag(1) })).status).toBe(400);
  });
});

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('the photograph of an asset', () => {
  const at = '/api/assets/pump-1/photo';

  it('is kept, told to who looks on, replaced and removed', async () => {
    const { app } = await setUp([pump(1)]);
    expect((await ask(app, 'GET', at)).status).toBe(404);
    const { photo } = read(AssetDto, await send(app, 'PUT', at, ['image/jpeg', pixel]));
    expect(photo).toMatch(/^[0-9a-f]{16}$/);
    const answer = await app.inject({ method: 'GET', url: `${at}?v=${photo ?? ''}` });
    expect(answer.rawPayload).toEqual(pixel);
    // Whatever its sender called it.
    expect(answer.headers['content-type']).toBe('image/png');
    expect(answer.headers['cache-control']).toContain('immutable');
    const other = read(AssetDto, await send(app, 'PUT', at, ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0])]));
    expect(other.photo).not.toBe(photo);
    expect(read(AssetDto, await ask(app, 'DELETE', at)).photo).toBeNull();
    expect((await ask(app, 'GET', at)).status).toBe(404);
  });

  it.each<[string, string, Buffer, number]>([
    ['a page that calls itself a picture', 'image/png', Buffer.from('<script>alert(1)</script>'), 415],
    [
      'a drawing that may carry a script',
      'image/svg+xml',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      415,
    ],
    ['what is too large', 'image/png', Buffer.concat([pixel, Buffer.alloc(1_048_577)]), 413],
    ['nothing', 'image/png', Buffer.alloc(0), 415],
  ])('is not %s', async (_what, type, bytes, status) => {
    const { app } = await setUp([pump(1)]);
    const answer = await send(app, 'PUT', at, [type, bytes]);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect((await listAssets(app))[0]?.photo).toBeNull();
  });

  it('needs its asset', async () => {
    const { app } = await setUp([]);
    expect((await send(app, 'PUT', at, ['image/png', pixel])).status).toBe(404);
  });
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppConfigDto, CoverageDto, PlanDto, SiteDto } from '../../src/sites/site.dto';
import { ask, read, setUp } from '../support/assets-app';

describe('the site', () => {
  it('is told with its levels, sections, units and frame', async () => {
    const { app } = await setUp([]);
    const { siteId, mapboxToken } = read(AppConfigDto, await ask(app, 'GET', '/api/config'));
    expect(mapboxToken).toBeNull();
    const site = read(SiteDto, await ask(app, 'GET', `/api/sites/${siteId}`));
    expect(site.levels.map(({ id, ordinal }) => [id, ordinal])).toEqual([
      ['L0', 0],
      ['L1', 1],
    ]);
    expect(site.levels[0]?.bounds).toEqual({ minX: 0, minY: 0, maxX: 40, maxY: 8 });
    expect(site.sections[0]).toMatchObject({ id: 'ward', levelId: 'L0', name: { en: 'Ward', fr: 'Unité' } });
    expect(site.units).toHaveLength(10);
    expect(site.isGeoreferenced).toBe(false);
    expect(site.frame.lng0).toBe(0);
  });

  it('is not told of another id', async () => {
    const { app } = await setUp([]);
    const answer = await ask(app, 'GET', '/api/sites/elsewhere');
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.text).toContain('ward-site');
    expect((await ask(app, 'GET', '/api/sites/ward-site/levels/L9')).status).toBe(404);
  });
});

it('what the radio model promises of each room is told', async () => {
  const { app } = await setUp([]);
  const { rooms, losses } = read(CoverageDto, await ask(app, 'GET', '/api/sites/ward-site/coverage'));
  const units = read(SiteDto, await ask(app, 'GET', '/api/sites/ward-site')).units.map(({ id }) => id);
  expect(rooms.length).toBeGreaterThan(0);
  for (const { unitId } of [...rooms, ...losses]) expect(units).toContain(unitId);
});

describe('the plan of a level', () => {
  it('is GeoJSON in metres of the level, painted from below', async () => {
    const { app } = await setUp([]);
    const plan = read(PlanDto, await ask(app, 'GET', '/api/sites/ward-site/levels/L0'));
    const types = plan.features.map(({ properties }) => properties.feature_type);
    expect([...new Set(types)]).toEqual(['section', 'unit', 'opening', 'gateway']);
    expect(plan.features.find(({ id }) => id === 'clean')).toMatchObject({
      properties: { spaceType: 'clean-utility', sectionId: 'ward', name: { en: 'clean' } },
    });
    expect(plan.features.find(({ id }) => id === 'gw1')?.geometry).toEqual({ type: 'Point', coordinates: [5, 5] });
  });

  it('is sent once to a browser that keeps it', async () => {
    const { app } = await setUp([]);
    const url = '/api/sites/ward-site/levels/L0';
    const first = await app.inject({ method: 'GET', url });
    const etag = z.string().parse(first.headers.etag);
    expect(first.headers['cache-control']).toBe('no-cache');
    const again = await app.inject({ method: 'GET', url, headers: { 'if-none-match': `"stale", W/${etag}` } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    const stale = await app.inject({ method: 'GET', url, headers: { 'if-none-match': '"stale"' } });
    expect(stale.statusCode).toBe(200);
  });
});

it('the interface is described with its answers', async () => {
  const { app } = await setUp([]);
  const document = z
    .object({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse((await ask(app, 'GET', '/api/openapi.json')).json());
  for (const path of [
    '/api/kinds',
    '/api/assets',
    '/api/assets/nearest',
    '/api/assets/{id}',
    '/api/assets/{id}/trail',
    '/api/assets/{id}/stays',
    '/api/assets/{id}/status',
    '/api/sites/{siteId}',
    '/api/sites/{siteId}/levels/{levelId}',
    '/api/sites/{siteId}/coverage',
    '/api/quality',
    '/api/config',
  ]) {
    expect(Object.keys(document.paths)).toContain(path);
  }
  const nearest = JSON.stringify(document.paths['/api/assets/nearest']);
  expect(nearest).toContain('"name":"from"');
  expect(nearest).toContain('$ref');
});

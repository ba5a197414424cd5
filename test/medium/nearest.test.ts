import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { NearestDto } from '../../src/assets/nearest.dto';
import { announce, ask, listAssets, read, setUp } from '../support/assets-app';
import { waitFor } from '../support/wait-for';

const pump = (n: number): object => ({
  id: `pump-${n}`,
  name: `Infusion pump ${n}`,
  kind: 'infusion-pump',
  tagId: `AC:23:3F:00:00:0${n}`,
});
const tagOf = (n: number): string => `ac233f00000${n}`;

interface Put {
  readonly n: number;
  readonly unit: string;
  readonly x: number;
  readonly agoMs?: number;
}

/** Pumps put where they are said to be, and the question asked once they are there. */
async function withPumps(count: number, put: readonly Put[]) {
  const { app, redis, config } = await setUp(Array.from({ length: count }, (_, i) => pump(i + 1)));
  const now = Date.now();
  const moves = put.map(({ n, unit, x, agoMs = 0 }) => ({ tag: tagOf(n), at: now - agoMs, unit, x, y: 6 }));
  await announce(redis, config, ...moves);
  await waitFor('the places', async () => {
    const placed = (await listAssets(app)).filter(({ place }) => place !== null);
    return placed.length === put.length ? placed : null;
  });
  const nearest = async (query = '') =>
    read(NearestDto, await ask(app, 'GET', `/api/assets/nearest?kind=infusion-pump&from=unit:patient${query}`));
  return { app, nearest };
}

describe('the nearest', () => {
  it('comes with the time expected, the chance, the way in words and the reasons', async () => {
    const { nearest } = await withPumps(3, [
      { n: 1, unit: 'patient', x: 4 },
      { n: 2, unit: 'clean', x: 12 },
    ]);
    const { results, leftOut, soonest } = await nearest();
    const [first] = results;
    expect(results).toHaveLength(1);
    expect(first?.expected.seconds).toBeGreaterThan(first?.expected.walkSeconds ?? Infinity);
    expect(first?.expected.chance).toBeGreaterThan(0.5);
    expect(first?.expected.reasons).toContainEqual(
      expect.objectContaining({ code: 'passed-over', assetId: 'pump-1', why: 'in-use' }),
    );
    expect(first?.instructions.at(0)).toMatchObject({ code: 'leave', unitId: 'patient' });
    expect(first?.instructions.at(-1)).toMatchObject({ code: 'enter', unitId: 'clean' });
    expect(first?.text.en).toMatch(/door|ahead/);
    expect(first?.text.fr).toMatch(/porte|tout droit/);
    expect(leftOut).toEqual({ unavailable: 1, claimed: 0, unplaced: 1, unreachable: 0 });
    expect(soonest).toEqual([]);
  });

  it('names what is likely free soonest when all are in use, the dirty one before the one at a bedside', async () => {
    const { nearest } = await withPumps(2, [
      { n: 1, unit: 'patient', x: 4 },
      { n: 2, unit: 'soiled', x: 18 },
    ]);
    const { results, soonest, leftOut } = await nearest();
    expect(results).toEqual([]);
    expect(soonest.map(({ asset, wait }) => [asset.id, wait.why])).toEqual([
      ['pump-2', 'needs-cleaning'],
      ['pump-1', 'in-use'],
    ]);
    expect(leftOut.unavailable).toBe(2);
  });

  it('leaves out what another tablet has claimed, not what one claimed oneself', async () => {
    const { app, nearest } = await withPumps(2, [
      { n: 1, unit: 'clean', x: 12 },
      { n: 2, unit: 'patient', x: 4 },
    ]);
    const [mine, other] = [randomUUID(), randomUUID()];
    expect((await ask(app, 'POST', '/api/assets/pump-1/claim', { tablet: mine })).status).toBe(200);
    const theirs = await nearest(`&tablet=${other}`);
    expect(theirs.results).toEqual([]);
    expect(theirs.leftOut.claimed).toBe(1);
    expect(theirs.soonest[0]).toMatchObject({ asset: { id: 'pump-1' }, wait: { why: 'claimed' } });
    expect((await nearest(`&tablet=${mine}`)).results.map(({ asset }) => asset.id)).toEqual(['pump-1']);
  });

  it('ranks a stale fix after a fresh one, though it is nearer, and says how old it is', async () => {
    const { nearest } = await withPumps(2, [
      { n: 1, unit: 'clean', x: 12, agoMs: 240_000 },
      { n: 2, unit: 'clean', x: 14.5 },
    ]);
    const [fresh, stale] = (await nearest()).results;
    expect([fresh?.asset.id, stale?.asset.id]).toEqual(['pump-2', 'pump-1']);
    expect(stale?.expected.walkSeconds).toBeLessThan(fresh?.expected.walkSeconds ?? 0);
    expect(stale?.expected.reasons).toContainEqual(expect.objectContaining({ code: 'stale' }));
  });

  it('keeps the order that is shown while the difference is small', async () => {
    const { nearest } = await withPumps(2, [
      { n: 1, unit: 'clean', x: 12 },
      { n: 2, unit: 'clean', x: 12.5 },
    ]);
    const ids = async (query: string) => (await nearest(query)).results.map(({ asset }) => asset.id);
    expect(await ids('&shown=pump-1,pump-2')).toEqual(['pump-1', 'pump-2']);
    expect(await ids('&shown=pump-2,pump-1')).toEqual(['pump-2', 'pump-1']);
  });

  it('refuses a place far outside the plan, and says how far', async () => {
    const { app } = await setUp([pump(1)]);
    const answer = await ask(app, 'GET', '/api/assets/nearest?kind=infusion-pump&from=L0,900,900');
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(/outside the plan.*\d+ m/);
  });

  it('refuses a companion it does not know', async () => {
    const { app } = await setUp([pump(1)]);
    const answer = await ask(app, 'GET', '/api/assets/nearest?kind=infusion-pump&from=L0,1,1&with=elephant');
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(/with/);
  });

  it('starts at the tag the tablet wears, and says so when that tag is not known', async () => {
    const { app } = await withPumps(3, [
      { n: 1, unit: 'clean', x: 12 },
      { n: 2, unit: 'patient', x: 4 },
    ]);
    const from = (id: string) => ask(app, 'GET', `/api/assets/nearest?kind=infusion-pump&from=asset:${id}`);
    const answer = read(NearestDto, await from('pump-2'));
    expect(answer.from).toMatchObject({ unitId: 'patient', x: 4 });
    expect(answer.results[0]?.instructions.at(0)).toMatchObject({ code: 'leave', unitId: 'patient' });
    expect(await from('pump-3')).toMatchObject({ status: 400 });
    expect(await from('nothing')).toMatchObject({ status: 400 });
  });
});

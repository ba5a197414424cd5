import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { AssetDto } from '../../src/assets/asset.dto';
import { ClaimedProblemDto } from '../../src/assets/availability.dto';
import { Forgetting } from '../../src/assets/forgetting';
import { ask, changesOf, listAssets, read, serve, setUp } from '../support/assets-app';
import { openDatabase } from '../support/private-services';
import { waitFor } from '../support/wait-for';

const pumps = [{ id: 'pump-1', name: 'Pump 1', kind: 'infusion-pump', tagId: 'ac233f000001' }];
const [mine, theirs] = [randomUUID(), randomUUID()];
const claim = '/api/assets/pump-1/claim';

describe('a claim', () => {
  it('of two taken at the same moment in two processes is one: the other is told whose', async () => {
    const { app, config } = await setUp(pumps);
    const second = await serve(config);
    const tablets = Array.from({ length: 12 }, () => randomUUID());
    const answers = await Promise.all(
      tablets.map((tablet, i) => ask(i % 2 === 0 ? app : second, 'POST', claim, { tablet })),
    );
    const won = answers.flatMap((answer) => (answer.status === 200 ? [read(AssetDto, answer).claim?.by] : []));
    expect(won).toHaveLength(1);
    const lost = answers.filter(({ status }) => status === 409);
    expect(lost).toHaveLength(11);
    for (const answer of lost) {
      const problem = read(ClaimedProblemDto, answer);
      expect(problem).toMatchObject({ reason: 'claimed', claim: { by: won[0] } });
      expect(problem.detail).toContain('Pump 1');
    }
    const database = await openDatabase(config);
    expect(await database.kysely.selectFrom('claim').selectAll().execute()).toHaveLength(1);
  });

  it('is the same claim on a double tap, holds ten minutes, and can be given back and taken by another', async () => {
    const { app } = await setUp(pumps);
    const [one, two] = [
      read(AssetDto, await ask(app, 'POST', claim, { tablet: mine })).claim,
      read(AssetDto, await ask(app, 'POST', claim, { tablet: mine })).claim,
    ];
    expect(two).toEqual(one);
    expect((one?.until ?? 0) - (one?.at ?? 0)).toBe(600_000);
    const notTheirs = await ask(app, 'DELETE', `${claim}?tablet=${theirs}`);
    expect(read(AssetDto, notTheirs).claim).toEqual(one);
    expect(read(AssetDto, await ask(app, 'DELETE', `${claim}?tablet=${mine}`)).claim).toBeNull();
    expect(read(AssetDto, await ask(app, 'DELETE', `${claim}?tablet=${mine}`)).claim).toBeNull();
    expect(read(AssetDto, await ask(app, 'POST', claim, { tablet: theirs })).claim?.by).toBe(theirs);
  });

  it('is told to who looks on, and so is its end when the time has run out', async () => {
    const { app, redis, config } = await setUp(pumps);
    const second = await serve(config);
    await ask(app, 'POST', claim, { tablet: mine });
    await waitFor('the other process to know', async () => (await listAssets(second))[0]?.claim?.by === mine);
    const database = await openDatabase(config);
    await sql`update claim set until = now() + interval '400 ms'`.execute(database.kysely);
    await redis.commands.publish(redis.keys.registryChanged, 'pump-1');
    const told = await waitFor('its end to be told', async () => {
      const changes = await changesOf(redis);
      return changes.at(-1)?.claim === null && changes.length > 1 ? changes : null;
    });
    expect(told[0]?.claim?.by).toBe(mine);
    expect(told[0]?.availability.evidence.map(({ code }) => code)).toContain('claimed');
    expect((await listAssets(second))[0]?.claim).toBeNull();
    const next = await ask(second, 'POST', claim, { tablet: theirs });
    expect(read(AssetDto, next).claim?.by).toBe(theirs);
  });

  it('that has run out leaves no trace of the tablet', async () => {
    const { app, config } = await setUp(pumps);
    await ask(app, 'POST', claim, { tablet: mine });
    const database = await openDatabase(config);
    await sql`update claim set until = now()`.execute(database.kysely);
    await app.get(Forgetting, { strict: false }).forget();
    expect(await database.kysely.selectFrom('claim').selectAll().execute()).toEqual([]);
  });

  it.each([
    ['an asset nobody knows', 404, '/api/assets/nobody/claim', { tablet: mine }],
    ['no tablet', 400, claim, {}],
    ["somebody's name", 400, claim, { tablet: 'Nurse Joy, ward 3' }],
  ])('is refused for %s', async (_what, status, path, body) => {
    const { app } = await setUp(pumps);
    expect((await ask(app, 'POST', path, body)).status).toBe(status);
  });
});

import { expect, it } from 'vitest';
import { OccupancyDto } from '../../src/analytics/occupancy.dto';
import { ask, read, setUp } from '../support/assets-app';
import { openDatabase } from '../support/private-services';

const hourMs = 3_600_000;
const url = '/api/sites/ward-site/sections/ward/occupancy';

it('a section tells how much of what was in it, hour by hour', async () => {
  const { app, config } = await setUp([]);
  const { pool } = await openDatabase(config);
  const hour = Math.floor(Date.now() / hourMs) * hourMs - 3 * hourMs;
  await pool.query(
    `insert into stay (tag_id, zone_id, section_id, level_id, entered_at, left_at)
     select tag, 'clean', 'ward', 'L0', to_timestamp($1::float8 / 1000), to_timestamp($1::float8 / 1000) + lasting
     from (values ('a', interval '1 hour'), ('b', interval '15 minutes')) as t (tag, lasting)`,
    [hour],
  );
  // No recorder runs here: nothing is counted, so all of it comes from the stays.
  await pool.query('update stay_count set until = to_timestamp($1::float8 / 1000)', [hour - hourMs]);
  const answer = read(OccupancyDto, await ask(app, 'GET', `${url}?from=${hour}&to=${hour + hourMs}`));
  expect(answer).toMatchObject({ from: hour, to: hour + hourMs, by: 'hour' });
  expect(answer.steps).toEqual([{ at: hour, kind: 'unknown', tags: 2, mean: 1.25 }]);
  expect(read(OccupancyDto, await ask(app, 'GET', `${url}?by=day`)).steps.map(({ tags }) => tags)).toEqual([2]);
});

it('what cannot be answered is refused in words', async () => {
  const { app } = await setUp([]);
  const asked = async (path: string): Promise<[number, string]> => {
    const { status, text } = await ask(app, 'GET', path);
    return [status, text];
  };
  expect(await asked(`${url}?from=2000&to=1000`)).toEqual([400, expect.stringContaining('must not be after')]);
  expect(await asked(`${url}?from=0`)).toEqual([400, expect.stringContaining('At most 2232 steps')]);
  expect(await asked(`${url}?by=week`)).toEqual([400, expect.stringContaining('by')]);
  expect(await asked(url.replace('/ward/', '/attic/'))).toEqual([404, expect.stringContaining('no section attic')]);
  expect(await asked(url.replace('ward-site', 'moon'))).toEqual([404, expect.stringContaining('no site moon')]);
});

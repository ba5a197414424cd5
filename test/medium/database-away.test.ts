import { Client } from 'pg';
import { expect, inject, it } from 'vitest';
import { isDatabaseAway } from '../../src/http/database-away.interceptor';
import { Database } from '../../src/database/database.module';
import { freePort } from '../../src/embedded/free-port';
import { privateConfig } from '../support/private-services';

const failureOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

it('a server that is not there is away', async () => {
  const client = new Client({ host: 'localhost', port: await freePort(), user: 'nobody' });
  expect(isDatabaseAway(await failureOf(client.connect()))).toBe(true);
});

it('a server that ends the session is away, one that refuses a query is not', async () => {
  const client = new Client({ connectionString: inject('databaseUrl') });
  client.on('error', () => undefined);
  await client.connect();
  expect(isDatabaseAway(await failureOf(client.query('select nothing from nowhere')))).toBe(false);
  const ended = failureOf(client.query('select pg_terminate_backend(pg_backend_pid())'));
  expect(isDatabaseAway(await ended)).toBe(true);
  expect(isDatabaseAway(await failureOf(client.query('select 1')))).toBe(true);
});

it('a start that is not let in says where, why and by which setting', async () => {
  const url = Object.assign(new URL(inject('databaseUrl')), { pathname: '/nowhere' });
  const database = new Database(privateConfig({ DATABASE_URL: url.href }));
  await expect(database.onModuleInit()).rejects.toThrow(
    `The database at ${url.host}/nowhere cannot be used: database "nowhere" does not exist. DATABASE_URL says where it is.`,
  );
  await database.onApplicationShutdown();
});

import { expect, test } from 'vitest';
import { OperationsDto } from '../../src/operations/operations.dto';
import { ReportWriter } from '../../src/health/report-writer';
import { GatewaysHeard } from '../../src/ingest/gateways-heard';
import { ask, read, send, serve } from '../support/assets-app';
import { privateConfig, privateDatabase, privateRedis } from '../support/private-services';
import { twoRoomsDir } from '../support/two-rooms';
import { waitFor } from '../support/wait-for';

const operationsOf = async (app: Parameters<typeof ask>[0]) =>
  read(OperationsDto, await ask(app, 'GET', '/api/operations'));

test('operations show what every process does, why messages were dropped, and silent gateways first', async () => {
  const settings = { SITE_DIR: twoRoomsDir, ROLES: 'ingest,serve', PORT: '0', HEALTH_PORT: '0', LOG_LEVEL: 'error' };
  const config = privateConfig({ ...settings, SHARDS: '2' });
  const redis = await privateRedis(config);
  await privateDatabase(config);
  const { commands, keys } = redis;
  await commands.hset(keys.gatewaysHeard, { 'taken-down': Date.now() });
  await commands.hset(keys.processReports, 'elsewhere/1', JSON.stringify({ name: 'elsewhere/1', at: 0 }));
  const app = await serve(config);
  const gateways = (await operationsOf(app)).gateways.map(({ id }) => id);
  const [first = '', ...others] = gateways;
  await waitFor('the door to know the gateways', async () => {
    const body = Buffer.from(JSON.stringify({ sightings: [{ tagId: 'c30000000001', rssi: -60 }] }));
    return (await send(app, 'POST', `/api/gateways/${first}/messages`, ['application/json', body])).status === 202;
  });
  await app.get(GatewaysHeard, { strict: false }).tell();
  await app.get(ReportWriter, { strict: false }).write();
  const operations = await operationsOf(app);
  expect(operations.gateways.map(({ id }) => id)).toEqual([...others, first]);
  expect(operations.gateways.at(-1)?.lastMessageAt).toBeGreaterThan(Date.now() - 60_000);
  expect(operations.gateways[0]?.lastMessageAt).toBeNull();
  expect(operations).toMatchObject({ status: 'ok', putAside: 0, processes: [{ roles: ['ingest', 'serve'] }] });
  expect(operations.rates.messages).toBeGreaterThan(0);
  expect(operations.dropped.map(({ step, reason }) => `${step} ${reason}`)).toContain('door unknown-tag');
  expect(operations.doors.map(({ door }) => door)).toEqual(['http']);
  expect(await commands.hkeys(keys.gatewaysHeard)).toEqual([first]);
  await app.close();
  expect(await commands.hlen(keys.processReports)).toBe(0);
});

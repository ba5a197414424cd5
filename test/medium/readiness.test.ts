import { expect, test } from 'vitest';
import type { AwaitedDoors } from '../../src/health/awaited';
import { HealthReports } from '../../src/health/health-reports';
import { privateConfig, privateRedis } from '../support/private-services';

test('a process that waits for a door is ready once it is open, and says what it waits for', async () => {
  const config = privateConfig();
  const awaited: AwaitedDoors = new Set(['MQTT door']);
  const reports = new HealthReports(config, await privateRedis(config), undefined, awaited);
  expect(await reports.readiness()).toMatchObject({ ready: false, redis: 'ok', awaited: ['MQTT door'] });
  awaited.delete('MQTT door');
  expect(await reports.readiness()).toMatchObject({ ready: true, redis: 'ok', awaited: [] });
});

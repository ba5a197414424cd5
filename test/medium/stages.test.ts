import { expect, onTestFinished, test } from 'vitest';
import { tagId } from '../../src/core';
import { lastMessageAt } from '../../src/ingest/ingest.metrics';
import { HealthReports } from '../../src/health/health-reports';
import { StreamReader } from '../../src/redis/stream-reader';
import { Tracker } from '../../src/tracking/tracker';
import { privateConfig, privateRedis } from '../support/private-services';
import { putSightings } from '../support/streams';
import { heardAt, twoRooms } from '../support/two-rooms';
import { waitFor } from '../support/wait-for';

test('deep health says of each stage how far it is behind and when it last took anything', async () => {
  const model = await twoRooms();
  const config = privateConfig({ SHARDS: '1', SILENT_AFTER_S: '3600' });
  const redis = await privateRedis(config);
  const stages = async () => (await new HealthReports(config, redis, undefined, new Set()).deep()).stages;
  const at = Date.now() - 60_000;
  // Heard a minute ago, as after a pause of all tracking: an entry's id is when it came.
  await redis.commands.xadd(redis.keys.assetChanges, `${at}-0`, 'b', '{}');
  await putSightings(redis, 1, heardAt(model, tagId('pump'), [5, 6], at));
  const tracker = new Tracker(redis, config, { model }, { blockMs: 50 });
  tracker.onApplicationBootstrap();
  onTestFinished(() => tracker.beforeApplicationShutdown());
  const reader = new StreamReader(redis, {
    name: 'Shelf',
    positions: new Map([[redis.keys.assetChanges, '0-0']]),
    take: () => Promise.resolve(),
  });
  reader.start();
  onTestFinished(() => reader.stop());
  await waitFor('both stages', async () => Object.keys(await stages()).length === 2);
  const { shelf, tracking } = await stages();
  expect(shelf?.lagS).toBeGreaterThanOrEqual(60);
  expect(shelf?.lagS).toBeLessThan(120);
  expect(tracking?.lagS).toBeLessThan(60);
  expect(tracking?.lastBatchS).toBeLessThan(60);
});

test('a message that comes while deep health is being told came just now', async () => {
  const config = privateConfig({ SHARDS: '1' });
  const redis = await privateRedis(config);
  lastMessageAt.set({ door: 'mqtt' }, Date.now() / 1000 + 5);
  expect((await new HealthReports(config, redis, undefined, new Set()).deep()).lastMessageS).toEqual({ mqtt: 0 });
});

import { expect, onTestFinished, test } from 'vitest';
import { gatewayId, tagId } from '../../src/core';
import { Enrolment } from '../../src/ingest/enrolment';
import { enrol } from '../support/doors';
import { privateConfig, privateRedis } from '../support/private-services';
import { waitFor } from '../support/wait-for';

const [pump, ward] = [tagId('ac233fa1164d'), gatewayId('g1')];

async function open() {
  const redis = await privateRedis(privateConfig());
  const enrolment = new Enrolment(redis);
  onTestFinished(() => enrolment.onApplicationShutdown());
  await enrolment.onModuleInit();
  return { redis, enrolment };
}

test('what is enrolled is known without asking twice', async () => {
  const { redis, enrolment } = await open();
  expect(enrolment.isLoaded).toBe(false);
  await enrol(redis, { tags: { [pump]: 'asset', someone: 'badge', odd: 'dragon' }, gateways: [ward] });
  await waitFor('the change to be read', () => enrolment.isLoaded);
  expect(enrolment.isKnownGateway(ward)).toBe(true);
  expect([pump, tagId('someone'), tagId('odd'), tagId('stranger')].map((id) => enrolment.named([id]).tagClass)).toEqual(
    ['asset', 'badge', null, null],
  );
});

test('a tag taken off is forgotten at once', async () => {
  const { redis, enrolment } = await open();
  await enrol(redis, { tags: { [pump]: 'asset', other: 'asset' }, gateways: [ward] });
  await waitFor('both', () => enrolment.named([pump]).tagClass === 'asset');
  await enrol(redis, { tags: { other: 'asset' }, gateways: [ward] });
  await waitFor('the tag to be forgotten', () => enrolment.named([pump]).tagClass === null);
});

test('a Redis that came back empty does not make strangers of everybody; an empty registry does', async () => {
  const { redis, enrolment } = await open();
  await enrol(redis, { tags: { [pump]: 'asset' }, gateways: [ward] });
  await waitFor('the tag', () => enrolment.named([pump]).tagClass === 'asset');
  await redis.commands.del(redis.keys.enrolledTags);
  await redis.commands.del(redis.keys.knownGateways);
  await enrolment.reload(false);
  expect(enrolment.named([pump]).tagClass).toBe('asset');
  expect(enrolment.isKnownGateway(ward)).toBe(true);
  await enrolment.reload();
  expect(enrolment.named([pump]).tagClass).toBeNull();
});

test('of several identities the first that is enrolled counts, and the first that stands in a known place', async () => {
  const { redis, enrolment } = await open();
  const [door, badge] = [tagId('door'), tagId('badge')];
  await redis.commands.hset(redis.keys.references, { [door]: '{}', [badge]: '{}' });
  await enrol(redis, { tags: { [pump]: 'asset', [badge]: 'badge' }, gateways: [ward] });
  await waitFor('the change to be read', () => enrolment.isLoaded);
  const named = (...ids: string[]) => {
    const { tagId: id, tagClass, reference } = enrolment.named(ids.map(tagId));
    return [id, tagClass, reference];
  };
  expect(named('stranger', pump, badge)).toEqual([pump, 'asset', null]);
  expect(named(door, pump)).toEqual([pump, 'asset', door]);
  expect(named(pump, door, badge)).toEqual([pump, 'asset', door]);
  expect(named(badge, door)).toEqual([badge, 'badge', null]);
  expect(named('stranger')).toEqual([null, null, null]);
});

import { beforeEach, expect, test } from 'vitest';
import { fitCalibration, type Gateway, type Sighting, shardOf, tagId, type TagId } from '../../src/core';
import { ReferenceEar } from '../../src/ingest/reference-ear';
import { type RedisConnections } from '../../src/redis/redis.module';
import { Refitter } from '../../src/refit/refitter';
import { CalibrationFollower } from '../../src/sites/calibration-follower';
import { keepCalibration, readVersions, rollBack } from '../../src/sites/calibration-store';
import { SiteModelSource } from '../../src/sites/site-model-source';
import { Tracker } from '../../src/tracking/tracker';
import { sightingsTaken } from '../../src/tracking/tracking-metrics';
import { seededNoise } from '../core/made-site';
import { privateConfig, privateRedis } from '../support/private-services';
import { movesOf, putSightings, sightingsWaiting } from '../support/streams';
import { temporaryDirectory } from '../support/temporary-directory';
import { twoRoomsDir } from '../support/two-rooms';
import { waitFor } from '../support/wait-for';

const shards = 2;
const deafDb = -8;
const hourMs = 3_600_000;
const start = Date.now() - 600_000;

/** What a gateway hears of a transmitter at a place: the first one is deaf from when its antenna broke. */
function rssiAt(gateway: Gateway, x: number, y: number, z: number, isBroken: boolean): number {
  const slant = Math.max(1, Math.hypot(gateway.x - x, gateway.y - y, gateway.z - z));
  return -59 - 22 * Math.log10(slant) + (isBroken && gateway.id === 'gw00' ? deafDb : 0);
}

let dataDir: string;
let redis: RedisConnections;
let source: SiteModelSource;

beforeEach(async () => {
  dataDir = temporaryDirectory();
  redis = await privateRedis(privateConfig());
  source = await surveyedSite();
});

/** Two rooms and what a surveyor found there before anything broke, as version 1. */
async function surveyedSite(): Promise<SiteModelSource> {
  const { site } = await SiteModelSource.load({ siteDir: twoRoomsDir, dataDir });
  const noise = seededNoise(1, 2);
  const survey = Array.from({ length: 40 }, (_, i) => {
    const [x, y] = [1 + ((i * 7.3) % 38), 1 + ((i * 4.7) % 10)];
    const heard = [...site.gatewayById.values()].map((gateway) => {
      return { gatewayId: gateway.id, rssi: rssiAt(gateway, x, y, 1, false) + noise() };
    });
    return { pointId: String(i), levelId: 'L0', x, y, heard };
  });
  await keepCalibration(dataDir, fitCalibration(site, survey, start).calibration);
  return SiteModelSource.load({ siteDir: twoRoomsDir, dataDir });
}

/** All gateways hear each other, through the doors' ear. */
async function gatewaysHear(rssiOf: (hearing: Gateway, heard: Gateway) => number, at: number): Promise<void> {
  const ear = new ReferenceEar(redis);
  const gateways = [...source.site.gatewayById.values()];
  for (const hearing of gateways) {
    for (const heard of gateways) {
      const rssi = rssiOf(hearing, heard);
      for (let i = 0; i < 25; i++) ear.hear(hearing.id, heard.id, rssi);
    }
  }
  await ear.tell(at);
}

const refitter = (every = 24): Refitter => new Refitter(redis, { dataDir, refitEveryH: every }, source);

/** A tag that lies beside the gateway which became deaf. */
const [lies] = [{ x: 4, y: 4 }];
function heardOf(tag: TagId, from: number, seconds: number): Sighting[] {
  const noise = seededNoise(7, 2);
  return Array.from({ length: seconds }, (_, s) =>
    source.model.gateways.map((gateway) => {
      const heardAt = from + s * 1000;
      const rssi = Math.round(rssiAt(gateway, lies.x, lies.y, 1, true) + noise());
      return { tagId: tag, gatewayId: gateway.id, rssi, heardAt, receivedAt: heardAt };
    }),
  ).flat();
}

async function errorsOf(tag: TagId, after = 0): Promise<number> {
  const moves = (await movesOf(redis, shards)).filter((move) => move.tagId === tag && move.fix.at > after);
  expect(moves.length).toBeGreaterThan(0);
  return moves.reduce((sum, { fix }) => sum + Math.hypot(fix.x - lies.x, fix.y - lies.y), 0) / moves.length;
}

/** Of two minutes heard: where a tag at rest still is, is told each ten seconds. */
const toldUntilMs = 109_000;

test('an antenna that broke is found by the other gateways, and fixes beside it are better from then on', async () => {
  const elsewhere = await SiteModelSource.load({ siteDir: twoRoomsDir, dataDir });
  const config = privateConfig({ SHARDS: String(shards), SILENT_AFTER_S: '3600', KEY_PREFIX: redisPrefix() });
  const tracker = new Tracker(redis, config, elsewhere, { blockMs: 50, saveMs: 3_600_000 });
  tracker.onApplicationBootstrap();
  const [tag, stays] = [tagId('pump'), tagId('bed')];
  const consumed = (): Promise<unknown> =>
    waitFor('all sightings to be tracked', async () => (await sightingsWaiting(redis, shards)) === 0);
  try {
    await putSightings(redis, shards, [...heardOf(tag, start, 60), ...heardOf(stays, start, 60)]);
    await waitFor('the first fixes', async () => (await movesOf(redis, shards)).length > 20);
    const before = await errorsOf(tag);

    await gatewaysHear((hearing, heard) => Math.round(rssiAt(hearing, heard.x, heard.y, heard.z, true)), start);
    const outcome = await refitter().refitWhenDue(start + hourMs);
    expect(outcome).toMatchObject({ outcome: 'kept' });
    expect(outcome?.detail).toMatch(/Version 2 .* Look at gw00\./);
    expect(source.version).toBe(2);
    expect(source.calibration?.refit?.suspects).toMatchObject([{ kind: 'deaf', gatewayId: 'gw00' }]);

    // The process that tracks takes it up by itself, in the midst of what it tracks.
    await new CalibrationFollower(elsewhere).look();
    expect(elsewhere.version).toBe(2);
    await putSightings(redis, shards, [...heardOf(tag, start + 60_000, 60), ...heardOf(stays, start + 60_000, 60)]);
    await consumed();
    await waitFor('the last fix', async () =>
      (await movesOf(redis, shards)).some(({ fix, tagId: own }) => own === tag && fix.at >= start + toldUntilMs),
    );
    const after = await errorsOf(tag, start + 75_000);
    expect(after).toBeLessThan(0.8 * before);
    for (const own of [tag, stays]) {
      const at = (await movesOf(redis, shards)).filter(({ tagId: id }) => id === own).map(({ fix }) => fix.at);
      expect(at).toEqual([...at].sort((a, b) => a - b));
      expect(at.at(-1)).toBeGreaterThanOrEqual(start + toldUntilMs);
    }
    expect((await sightingsTaken.get()).values[0]?.value).toBe(2 * 120 * source.model.gateways.length);
    expect(await redis.commands.xlen(redis.keys.dead)).toBe(0);
  } finally {
    await tracker.beforeApplicationShutdown();
  }
});

test('what fits no radio is refused, and the version in use stays', async () => {
  const noise = seededNoise(3, 16);
  await gatewaysHear(() => Math.round(-70 + noise()), start);
  expect(await refitter().refitWhenDue(start + hourMs)).toMatchObject({ outcome: 'refused' });
  expect(await readVersions(dataDir, source.site.id)).toEqual({ kept: [1], current: 1 });
  expect(await refitter().lastOutcome()).toMatchObject({ outcome: 'refused', at: start + hourMs });
  expect(await refitter().refitWhenDue(start + 2 * hourMs)).toBeNull();
});

test('a version put back by a person stays, until calibrate makes another', async () => {
  await gatewaysHear((hearing, heard) => Math.round(rssiAt(hearing, heard.x, heard.y, heard.z, true)), start);
  expect(await refitter().refitWhenDue(start + hourMs)).toMatchObject({ outcome: 'kept' });
  await rollBack(dataDir, source.site.id, null);
  await new CalibrationFollower(source).look();
  expect(source.version).toBe(1);
  expect(await refitter().refitWhenDue(start + 26 * hourMs)).toMatchObject({ outcome: 'held' });
  expect((await readVersions(dataDir, source.site.id)).current).toBe(1);
});

test('too little is said to be too little, and a site can be left alone', async () => {
  expect(await refitter().refitWhenDue(start)).toMatchObject({ outcome: 'too-little' });
  expect(await refitter(0).refitWhenDue(start + 48 * hourMs)).toBeNull();
  expect(refitter(0).isOn).toBe(false);
});

/** The keys of the test's own connection. */
const redisPrefix = (): string => redis.keys.shard(shardOf(tagId('pump'), 1)).lease.replace(/lease:.*$/, '');

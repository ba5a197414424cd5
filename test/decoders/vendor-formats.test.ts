import { describe, expect, test } from 'vitest';
import { restamp } from '../../src/cli/replay/restamp';
import { CannotCarry, type Door, type HeardTag, vendorFormatNames, vendorFormats } from '../../src/cli/vendor-formats';
import { topicWords } from '../../src/ingest/decoders/formats';
import { recognise } from '../../src/ingest/decoders/recognise';

const at = Date.UTC(2026, 1, 9);
const heard: HeardTag[] = [
  { tagId: 'ac233fa1164d', rssi: -71, heardAt: at },
  { tagId: 'ac233fa1164e', rssi: -80, heardAt: at + 240 },
  { tagId: 'ac233fa1164d', rssi: -64, heardAt: at + 510 },
];
const beacon: HeardTag = { tagId: 'ibeacon:e2c56db5dffb48d2b060d0f5a71096e0-3-65535', rssi: -60, heardAt: at };
const hasNoTime = ['espresense', 'openmqttgateway'];
const doors: readonly Door[] = ['mqtt', 'http'];

/** What the doors make of a gateway's messages: gateway, preferred identity, strength, time. */
function readBack(name: (typeof vendorFormatNames)[number], door: Door, tags: readonly HeardTag[]) {
  return vendorFormats[name].encode('c8252d8e9c2c', tags, door).flatMap(({ topic, path, payload }) => {
    const { result } = recognise(topic === undefined ? [] : topicWords(topic), path?.split('/')[3] ?? null, payload);
    if (!result.ok) throw new Error(`${name} by ${door} is refused: ${result.reason} ${result.detail ?? ''}`);
    expect(result.value.skipped.counts.size).toBe(0);
    return result.value.reports.flatMap(({ gatewayIds, heard: read }) =>
      read.map((one) => [gatewayIds[0], one.identities[0], one.rssi, one.heardAt]),
    );
  });
}

describe.each(vendorFormatNames)('%s', (name) => {
  test.each(doors)('by %s is read back as what was heard', (door) => {
    const stepMs = name === 'ruuvi' ? 1000 : 1;
    const newestOfEach = name === 'ruuvi' && door === 'http' ? [heard[2], heard[1]] : heard;
    const expected = newestOfEach.map((one) => {
      const heardAt = Math.floor((one?.heardAt ?? 0) / stepMs) * stepMs;
      return ['c8252d8e9c2c', one?.tagId, one?.rssi, hasNoTime.includes(name) ? null : heardAt];
    });
    expect(readBack(name, door, heard)).toEqual(expected);
  });

  test('carries an iBeacon by its payload, or says that it cannot', () => {
    if (name === 'minew-raw') expect(() => readBack(name, 'mqtt', [beacon])).toThrow(CannotCarry);
    else expect(readBack(name, 'mqtt', [beacon])[0]?.[1]).toBe(beacon.tagId);
  });

  test('moves its times together when it is replayed', () => {
    for (const { payload } of vendorFormats[name].encode('g', heard, 'mqtt')) {
      const times = (bytes: Buffer) => {
        const { result } = recognise([], 'g', bytes);
        return result.ok ? result.value.reports.flatMap((report) => report.heard.map((one) => one.heardAt)) : null;
      };
      const moved = times(payload)?.map((time) => (time === null ? null : time + 3_600_000));
      expect(times(restamp(payload, 3_600_000))).toEqual(moved);
    }
  });
});

test('what is not JSON is replayed as it is', () => {
  const payload = Buffer.from('bb01', 'hex');
  expect(restamp(payload, 1000)).toBe(payload);
});

import { expect, test } from 'vitest';
import { decodeEspresense } from '../../src/ingest/decoders/espresense';
import { onTopic, read, readMessage, refusal, skips } from './read-message';

const topic = 'espresense/devices/any/Ward-3';
const device = { mac: 'c3000025ef6a', id: 'c3000025ef6a', rssi: -70 };
const identitiesOf = (body: unknown) => read(decodeEspresense, onTopic(topic, body)).reports[0]?.heard[0]?.identities;

test('an iBeacon is known by its payload first and its address second, at the node its topic names', () => {
  const { reports } = read(decodeEspresense, onTopic(topic, readMessage('espresense-ibeacon.json')));
  expect(reports).toEqual([
    {
      gatewayIds: ['ward-3'],
      clockStepMs: 1,
      heard: [
        {
          identities: ['ibeacon:e2c56db5dffb48d2b060d0f5a71096e0-3-7', 'c3000025ef6a'],
          rssi: -71.5,
          heardAt: null,
          measured: [{ kind: 'battery', value: 87 }],
        },
      ],
    },
  ]);
});

test('messages carry no time: it is left to the door', () => {
  const { reports } = read(decodeEspresense, onTopic(topic, { ...device, timestamp: 12, ts: 12 }));
  expect(reports[0]?.heard[0]?.heardAt).toBeNull();
});

test('an Eddystone id whose seventh namespace byte is printed twice is put right', () => {
  expect(identitiesOf({ ...device, id: 'eddy:0011223344556677778899-aabbccddeeff' })).toContain(
    'eddy:0011223344556677778899-aabbccddeeff',
  );
  expect(identitiesOf({ ...device, id: 'eddy:0011223344556666778899-aabbccddeeff' })?.[0]).toBe(
    'eddystone:00112233445566778899-aabbccddeeff',
  );
});

test('a known device is its address, an alias is its own name', () => {
  expect(identitiesOf({ ...device, id: 'known:AABBCCDDEEFF' })?.[0]).toBe('aabbccddeeff');
  expect(identitiesOf({ ...device, id: 'Pump-12' })).toEqual(['pump-12', 'c3000025ef6a']);
});

test('volts, degrees and humidity come in their own units', () => {
  const { reports } = read(decodeEspresense, onTopic(topic, { ...device, mV: '2950', temp: 21.5, rh: 40 }));
  expect(reports[0]?.heard[0]?.measured).toEqual([
    { kind: 'voltage', value: 2.95 },
    { kind: 'temperature', value: 21.5 },
    { kind: 'humidity', value: 40 },
  ]);
});

test("a node's own telemetry and settings are no sightings", () => {
  const telemetry = readMessage('espresense-telemetry.json');
  expect(refusal(decodeEspresense, onTopic('espresense/rooms/ward-3/telemetry', telemetry))).toBe('not-sightings');
  expect(refusal(decodeEspresense, onTopic('espresense/rooms/ward-3/status', undefined))).toBe('not-sightings');
});

test.each([null, 'strong', -128, 21, Infinity, [], '', true])('an RSSI of %j is left out and counted', (rssi) => {
  const decoded = read(decodeEspresense, onTopic(topic, { ...device, rssi }));
  expect(decoded.reports).toEqual([]);
  expect(skips(decoded)).toEqual({ 'bad-rssi': 1 });
});

test('a message without an id is put aside', () => {
  expect(refusal(decodeEspresense, onTopic(topic, { rssi: -70 }))).toBe('bad-schema');
  expect(refusal(decodeEspresense, onTopic(topic, 'online'))).toBe('bad-schema');
});

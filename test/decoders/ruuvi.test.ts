import { expect, test } from 'vitest';
import { decodeRuuviHttp, decodeRuuviMqtt } from '../../src/ingest/decoders/ruuvi';
import { atPath, changed, onTopic, read, readMessage, refusal, skips } from './read-message';

const topic = 'ruuvi/C8:25:2D:8E:9C:2C/CB:B8:33:4C:88:4F';

test('whole seconds printed as text become milliseconds, and the clock is known to step by a second', () => {
  const { reports } = read(decodeRuuviMqtt, onTopic(topic, readMessage('ruuvi-mqtt.json')));
  expect(reports[0]).toMatchObject({ gatewayIds: ['c8252d8e9c2c'], clockStepMs: 1000 });
  expect(reports[0]?.heard[0]).toMatchObject({ identities: ['cbb8334c884f'], rssi: -26, heardAt: 1_653_668_027_000 });
});

test('measured values are read from the advertisement: pressure has its offset once', () => {
  const body = changed('ruuvi-mqtt.json', { pressure: 150_787, temperature: 99 });
  const { reports } = read(decodeRuuviMqtt, onTopic(topic, body));
  expect(reports[0]?.heard[0]?.measured).toEqual([
    { kind: 'temperature', value: 24.3 },
    { kind: 'humidity', value: 53.49 },
    { kind: 'pressure', value: 100_044 },
    { kind: 'voltage', value: 2.977 },
    { kind: 'acceleration', value: Math.hypot(0.004, -0.004, 1.036) },
  ]);
});

test('without time the message is left to be stamped', () => {
  const body = changed('ruuvi-mqtt.json', { ts: undefined, gwts: undefined, cnt: '231' });
  const { reports } = read(decodeRuuviMqtt, onTopic(topic, body));
  expect(reports[0]?.heard[0]?.heardAt).toBeNull();
});

test('a MAC in the payload comes before the address of the radio', () => {
  const { reports } = read(decodeRuuviMqtt, onTopic('ruuvi/gw/DE:AD:BE:EF:00:01', readMessage('ruuvi-mqtt.json')));
  expect(reports[0]?.heard[0]?.identities).toEqual(['cbb8334c884f', 'deadbeef0001']);
});

test('only `data` is sure to be there: no strength, no sighting', () => {
  const decoded = read(decodeRuuviMqtt, onTopic(topic, { data: '020106' }));
  expect(skips(decoded)).toEqual({ 'bad-rssi': 1 });
});

test("the gateway's state is no sighting", () => {
  expect(refusal(decodeRuuviMqtt, onTopic('ruuvi/gw/gw_status', { state: 'online' }))).toBe('not-sightings');
  expect(refusal(decodeRuuviMqtt, atPath('gw', readMessage('ruuvi-status.json')))).toBe('not-sightings');
});

test('an HTTP post has one sighting for each tag', () => {
  const { reports } = read(decodeRuuviHttp, atPath('ED-04', readMessage('ruuvi-http.json')));
  expect(reports[0]?.gatewayIds).toEqual(['ed-04', 'c8252d8e9c2c']);
  expect(reports[0]?.heard).toMatchObject([
    { identities: ['cbb8334c884f'], rssi: -40, heardAt: 1_653_668_028_000 },
    {
      identities: ['ibeacon:e2c56db5dffb48d2b060d0f5a71096e0-3-7', 'c3000025ef6a'],
      rssi: -71,
      heardAt: 1_653_668_029_000,
    },
  ]);
});

test('a bad tag of a post is left out, the others are not', () => {
  const tags = {
    'AA:AA:AA:AA:AA:01': { rssi: -60, data: '' },
    'AA:AA:AA:AA:AA:02': { rssi: 'x' },
    'AA:AA:AA:AA:AA:03': 7,
  };
  const decoded = read(decodeRuuviHttp, atPath('g', { data: { gw_mac: 'x', tags } }));
  expect(decoded.reports[0]?.heard.map(({ identities }) => identities)).toEqual([['aaaaaaaaaa01']]);
  expect(skips(decoded)).toEqual({ 'bad-rssi': 1, 'bad-entry': 1 });
});

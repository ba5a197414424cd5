import { expect, test } from 'vitest';
import { decodeMinewLong, decodeMinewRaw } from '../../src/ingest/decoders/minew';
import { atPath, onTopic, read, readMessage, refusal, skips } from './read-message';

const topic = 'gw/ac233fc03641/status';
const at = Date.parse('2026-02-09T00:13:53.667Z');

test('entries decoded by the gateway have no raw data and are kept all the same', () => {
  const decoded = read(decodeMinewLong, onTopic(topic, readMessage('minew-long.json')));
  expect(decoded.reports[0]?.gatewayIds).toEqual(['ac233fc03641']);
  expect(decoded.reports[0]?.heard).toEqual([
    {
      identities: ['ibeacon:e2c56db5dffb48d2b060d0f5a71096e0-0-7', 'c3000025ef6a'],
      rssi: -65,
      heardAt: at,
      // Its battery of 0 is a field an iBeacon does not have.
      measured: [],
    },
    {
      identities: ['ac233fa11111'],
      rssi: -58,
      heardAt: at + 23,
      measured: [
        { kind: 'battery', value: 91 },
        { kind: 'temperature', value: 4.5 },
        { kind: 'humidity', value: 48.2 },
      ],
    },
    {
      identities: ['ac233f5e6a7b'],
      rssi: -70,
      heardAt: at + 33,
      measured: [
        { kind: 'temperature', value: 22.5 },
        { kind: 'humidity', value: 50 },
        { kind: 'battery', value: 100 },
      ],
    },
  ]);
  expect(skips(decoded)).toEqual({});
});

test('at the HTTP door the path names the gateway before the message does', () => {
  const { reports } = read(decodeMinewLong, atPath('ED-04', readMessage('minew-long.json')));
  expect(reports[0]?.gatewayIds).toEqual(['ed-04', 'ac233fc03641']);
});

test('JSON-RAW has addresses, strengths and times', () => {
  const { reports } = read(decodeMinewRaw, onTopic(topic, readMessage('minew-raw.json')));
  expect(reports[0]?.gatewayIds).toEqual(['ac233fc0a001', 'ac233fc03641']);
  expect(reports[0]?.heard).toMatchObject([
    { identities: ['ac233f5e6a7b'], rssi: -61, heardAt: at + 33 },
    { identities: ['ac233f5e6a7c'], rssi: -74, heardAt: at + 43 },
  ]);
});

test('bad entries are left out and counted, the others are not', () => {
  const entries = [
    { type: 'Gateway', mac: 'AC233FC03641' },
    { type: 'Unknown', mac: 'AC233F000001', rssi: -300 },
    { type: 'Unknown', mac: 'AC233F000002', rssi: -60, timestamp: 'yesterday' },
    { type: 'Unknown', rssi: -60 },
    'noise',
    { type: 'Unknown', mac: 'AC233F000003', rssi: '-60', rawData: 'zz' },
  ];
  const decoded = read(decodeMinewLong, onTopic(topic, entries));
  expect(decoded.reports[0]?.heard).toMatchObject([{ identities: ['ac233f000003'], rssi: -60, heardAt: null }]);
  expect(skips(decoded)).toEqual({ 'bad-rssi': 1, 'bad-time': 1, 'no-identity': 1, 'bad-entry': 1 });
});

test('a list without its gateway in front is put aside', () => {
  expect(refusal(decodeMinewLong, onTopic(topic, [{ type: 'Unknown', mac: 'AC233F000001', rssi: -60 }]))).toBe(
    'bad-schema',
  );
  expect(refusal(decodeMinewLong, onTopic(topic, []))).toBe('bad-schema');
  expect(refusal(decodeMinewRaw, onTopic(topic, {}))).toBe('bad-schema');
});

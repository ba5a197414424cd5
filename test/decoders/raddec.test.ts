import { expect, test } from 'vitest';
import { decodeRaddec } from '../../src/ingest/decoders/raddec';
import { atPath, onTopic, read, readMessage, refusal, skips } from './read-message';

test('every receiver of the signature heard the tag', () => {
  const { reports } = read(decodeRaddec, onTopic('raddec/c3000025ef6a', readMessage('raddec.json')));
  const identities = ['ibeacon:e2c56db5dffb48d2b060d0f5a71096e0-3-7', 'c3000025ef6a'];
  expect(reports).toEqual([
    {
      gatewayIds: ['001bc50940810000'],
      clockStepMs: 1,
      heard: [{ identities, rssi: -69, heardAt: 1_770_596_033_700, measured: [] }],
    },
    {
      gatewayIds: ['001bc50940810001'],
      clockStepMs: 1,
      heard: [{ identities, rssi: -77, heardAt: 1_770_596_033_700, measured: [] }],
    },
  ]);
});

test('the header and address in front of the structures are not taken for structures', () => {
  const minew = '421d7b6a5e3f23ac' + '0201060303e1ff1016e1ffa1016416803200aabbccddeeff';
  const body = { transmitterId: 'ac233f5e6a7b', rssiSignature: [{ receiverId: 'r1', rssi: -60 }], packets: [minew] };
  const { reports } = read(decodeRaddec, atPath('aggregator', body));
  expect(reports[0]?.gatewayIds).toEqual(['r1']);
  expect(reports[0]?.heard[0]?.measured).toContainEqual({ kind: 'temperature', value: 22.5 });
});

test('a list of raddecs is gathered by receiver', () => {
  const one = { transmitterId: 'aaaaaaaaaa01', rssiSignature: [{ receiverId: 'r1', rssi: -60 }] };
  const decoded = read(decodeRaddec, atPath('aggregator', [one, { ...one, transmitterId: 'aaaaaaaaaa02' }, 5]));
  expect(decoded.reports).toHaveLength(1);
  expect(decoded.reports[0]?.heard.map((heard) => heard.identities)).toEqual([['aaaaaaaaaa01'], ['aaaaaaaaaa02']]);
  expect(skips(decoded)).toEqual({ 'bad-entry': 1 });
});

test('a receiver with an impossible strength is left out, the others are not', () => {
  const rssiSignature = [{ receiverId: 'r1', rssi: 127 }, { receiverId: 'r2', rssi: -60 }, { rssi: -60 }];
  const decoded = read(decodeRaddec, atPath('x', { transmitterId: 'aaaaaaaaaa01', rssiSignature, timestamp: 1e12 }));
  expect(decoded.reports.map(({ gatewayIds }) => gatewayIds)).toEqual([['r2']]);
  expect(skips(decoded)).toEqual({ 'bad-rssi': 1, 'bad-entry': 1 });
});

test('a raddec without a signature is put aside', () => {
  expect(refusal(decodeRaddec, atPath('x', { transmitterId: 'aaaaaaaaaa01' }))).toBe('bad-schema');
});

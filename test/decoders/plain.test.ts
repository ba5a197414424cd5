import { expect, test } from 'vitest';
import { decodePlain } from '../../src/ingest/decoders/plain';
import { atPath, onTopic, read, readMessage, refusal, skips } from './read-message';

test('ids come in one spelling, strengths and times in one type', () => {
  const { reports } = read(decodePlain, atPath('ED-04', readMessage('whereabouts.json')));
  expect(reports[0]?.gatewayIds).toEqual(['ed-04']);
  expect(reports[0]?.heard).toMatchObject([
    { identities: ['ac233fa1164d'], rssi: -71, heardAt: 1_770_596_033_700 },
    { identities: ['ac233fa1164e'], rssi: -64.5, heardAt: 1_770_596_033_700 },
    { identities: ['ibeacon:e2c56db5dffb48d2b060d0f5a71096e0-3-7'], rssi: -80, heardAt: null },
  ]);
});

test('bad entries are left out, counted, and the first of them named', () => {
  const sightings = [
    { tagId: 'a', rssi: 'NaN' },
    { tagId: 'a', rssi: -60, heardAt: {} },
    { rssi: -60 },
    { tagId: '', rssi: -1 },
  ];
  const decoded = read(decodePlain, atPath('g', { sightings }));
  expect(skips(decoded)).toEqual({ 'bad-rssi': 1, 'bad-time': 1, 'bad-entry': 1, 'no-identity': 1 });
  expect(decoded.skipped.first[0]).toEqual({ where: 'sightings[0]', reason: 'bad-rssi' });
});

test('a batch that is none is put aside', () => {
  expect(refusal(decodePlain, onTopic('x', { sightings: 'none' }))).toBe('bad-schema');
  expect(refusal(decodePlain, onTopic('x', null))).toBe('bad-schema');
});

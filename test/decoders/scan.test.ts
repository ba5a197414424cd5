import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { vendorFormats } from '../../src/cli/vendor-formats';
import { recognise, recogniseParsed } from '../../src/ingest/decoders/recognise';
import { scan } from '../../src/ingest/decoders/scan';

const tags = fc.constantFrom('c30000250001', 'c30000250002', 'ibeacon:e2c56db5dffb48d2b060d0f5a71096e0-3-7');
const heard = fc.record({
  tagId: tags,
  rssi: fc.integer({ min: -127, max: 20 }),
  heardAt: fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }),
});
const messages = fc.tuple(
  fc.constantFrom('minew-long' as const, 'json' as const, 'espresense' as const),
  fc.array(heard, { minLength: 1, maxLength: 6 }),
);
const encode = (
  format: 'minew-long' | 'json' | 'espresense',
  list: Parameters<(typeof vendorFormats)['json']['encode']>[1],
) => {
  const [message] = vendorFormats[format].encode('ac233fc00001', list, 'mqtt');
  if (message?.topic === undefined) throw new Error('No message');
  return { topic: message.topic.replace(/^\//, '').split('/'), payload: message.payload };
};

describe('the quick way of reading messages', () => {
  test('gives what the slow way gives', () => {
    fc.assert(
      fc.property(messages, ([format, list]) => {
        const { topic, payload } = encode(format, list);
        const scanned = scan(topic, null, payload);
        const slow = recogniseParsed(topic, null, payload);
        expect(scanned?.format).toBe(slow.format);
        expect(slow.result).toEqual({ ok: true, value: scanned?.decoded });
      }),
    );
  });

  test('gives what the slow way gives, or leaves it to that, whatever byte is another', () => {
    fc.assert(
      fc.property(messages, fc.nat(), fc.nat(255), ([format, list], place, byte) => {
        const { topic, payload } = encode(format, list);
        payload[place % payload.length] = byte;
        expect(recognise(topic, null, payload)).toEqual(recogniseParsed(topic, null, payload));
      }),
      { numRuns: 300 },
    );
  });

  test('a strength with decimals is the same number', () => {
    fc.assert(
      fc.property(fc.integer({ min: -12_700, max: 2_000 }), (hundredths) => {
        const payload = Buffer.from(`{"sightings":[{"tagId":"t1","rssi":${hundredths / 100}}]}`);
        const slow = recogniseParsed([], 'g1', payload).result;
        expect(scan([], 'g1', payload)?.decoded).toEqual(slow.ok ? slow.value : null);
      }),
    );
  });

  test('two tags whose bytes have the same hash are not taken for each other', () => {
    // After `tagId`, FNV-1a of 32 bits gives both the same.
    const one = (tag: string) => Buffer.from(`{"sightings":[{"tagId":"${tag}","rssi":-60}]}`);
    for (const tag of ['sptqw211e72tc', '4krk2h67yio', 'sptqw211e72tc']) {
      expect(scan([], 'g1', one(tag))?.decoded.reports[0]?.heard[0]?.identities).toEqual([tag]);
    }
  });

  test('a node that tells of itself is not taken for a device', () => {
    const payload = Buffer.from('{"id":"x","rssi":-60,"uptime":7,"firm":"esp32"}');
    expect(scan(['espresense', 'devices', 'x', 'hall'], null, payload)).toBeNull();
  });

  test('what a node reckons is passed over only where it is a number', () => {
    const topic = ['espresense', 'devices', 'x', 'hall'];
    for (const distance of ['1.5', '-0.25', '0', '01', '1.', '.5', '"1"', 'null', '[1]', '1e3', '-']) {
      const payload = Buffer.from(`{"id":"x","distance":${distance},"rssi":-60}`);
      expect(recognise(topic, null, payload)).toEqual(recogniseParsed(topic, null, payload));
    }
  });
});

import { describe, expect, test } from 'vitest';
import { readAdvertisement } from '../../src/ingest/decoders/advertisement';

const ibeacon = '0201061aff4c000215e2c56db5dffb48d2b060d0f5a71096e000030007c5';
const ibeaconId = 'ibeacon:e2c56db5dffb48d2b060d0f5a71096e0-3-7';
const ruuvi = (data: string): string => `0201061bff9904${data}`;

describe('identities', () => {
  test('an iBeacon has decimal major and minor', () => {
    expect(readAdvertisement(ibeacon.toUpperCase())).toEqual({ identities: [ibeaconId], measured: [] });
  });

  test('an Eddystone-UID has namespace and instance, whether 18 or 20 bytes long', () => {
    const uid = '00ee00112233445566778899aabbccddeeff';
    const id = 'eddystone:00112233445566778899-aabbccddeeff';
    expect(readAdvertisement(`0303aafe1516aafe${uid}`).identities).toEqual([id]);
    expect(readAdvertisement(`0303aafe1716aafe${uid}0000`).identities).toEqual([id]);
  });

  test('an AltBeacon, which advlib leaves alone, is read', () => {
    const frame = '1bff1801beac' + 'e2c56db5dffb48d2b060d0f5a71096e0' + '00030007' + 'c564';
    expect(readAdvertisement(frame).identities).toEqual(['altbeacon:e2c56db5dffb48d2b060d0f5a71096e0-3-7']);
    expect(readAdvertisement(frame.slice(0, 40)).identities).toEqual([]);
  });

  test('a RuuviTag carries its address', () => {
    expect(readAdvertisement(ruuvi('0512fc5394c37c0004fffc040cac364200cdcbb8334c884f')).identities).toEqual([
      'cbb8334c884f',
    ]);
  });
});

describe('values', () => {
  test('the highest and lowest values a RuuviTag can send are values', () => {
    const max = readAdvertisement(ruuvi('057ffffffefffe7fff7fff7fffffdefefffecbb8334c884f'));
    expect(max.measured).toContainEqual({ kind: 'voltage', value: 3.646 });
  });

  test('a RuuviTag that knows nothing says nothing', () => {
    const invalid = readAdvertisement(ruuvi('058000ffffffff800080008000ffffffffffffffffffffff'));
    expect(invalid).toEqual({ identities: ['ffffffffffff'], measured: [] });
  });

  test('an Eddystone-TLM without sensors says nothing; one with them says volts and degrees', () => {
    expect(readAdvertisement('0303aafe1116aafe200000008000000000010000000a').measured).toEqual([]);
    expect(readAdvertisement('0303aafe1116aafe20000bb81580000000010000000a').measured).toEqual([
      { kind: 'temperature', value: 21.5 },
      { kind: 'voltage', value: 3 },
    ]);
  });

  test('a battery of 255 % is no battery', () => {
    const frame = '0303e1ff1016e1ffa101ff16803200aabbccddeeff';
    expect(readAdvertisement(frame).measured.map(({ kind }) => kind)).toEqual(['temperature', 'humidity']);
  });
});

describe('bad bytes', () => {
  test('a structure of impossible length ends the reading, it does not blank it', () => {
    expect(readAdvertisement(`${ibeacon}ff0102`).identities).toEqual([ibeaconId]);
    expect(readAdvertisement(`${ibeacon}0000`).identities).toEqual([ibeaconId]);
  });

  test.each(['', 'zz', '0', '020', '00', '01', '0201', 'ff'.repeat(2000)])('%j says nothing', (text) => {
    expect(readAdvertisement(text)).toEqual({ identities: [], measured: [] });
  });
});

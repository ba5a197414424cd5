import { describe, expect, it } from 'vitest';
import { addressOf, readCode } from '../../web/src/lib/scan/read-code';
import { asset } from './examples';

const assets = [
  asset('pump-1', { number: 'IP-0001', serial: 'ABC123', tagIds: ['ac233fa1164d'] }),
  asset('pump-2', { number: 'IP-0002', serial: '0001' }),
  asset('bed/7', { number: 'BD-0007', serial: '0001' }),
];
const gs1 = '0109501101020917172811031000L1\u001d21ABC123';

describe('a code that is scanned', () => {
  it.each([
    ['our own label', 'http://10.0.0.5:3000/?asset=pump-1', 'pump-1'],
    ['a label printed by another address of this server', 'https://where.example/?asset=bed%2F7', 'bed/7'],
    ['an inventory number', 'ip-0001', 'pump-1'],
    ['a number without its sign', 'IP0002', 'pump-2'],
    ['a serial', ' ABC123 ', 'pump-1'],
    ['a tag', 'AC:23:3F:A1:16:4D', 'pump-1'],
    ['a maker’s label', gs1, 'pump-1'],
    ['a maker’s label as a reader announces it', `]d2${gs1}`, 'pump-1'],
    ['a maker’s label as it is printed', '(01)09501101020917(17)281103(21)ABC123', 'pump-1'],
  ])('is %s', (_what, text, id) => {
    expect(readCode(text, assets)).toEqual({ is: 'asset', id });
  });

  it('is of several when two carry it', () => {
    expect(readCode('0001', assets)).toEqual({ is: 'several', ids: ['pump-2', 'bed/7'] });
  });

  it.each([
    ['IP-9999', 'IP-9999'],
    ['http://10.0.0.5:3000/?asset=gone', 'gone'],
    ['https://example.org/', 'https://example.org/'],
    ['   ', ''],
  ])('is unknown when nothing carries “%s”', (text, code) => {
    expect(readCode(text, assets)).toEqual({ is: 'unknown', code });
  });

  it('is what our labels say', () => {
    expect(readCode(addressOf('http://127.0.0.1:3000', 'bed/7'), assets)).toEqual({ is: 'asset', id: 'bed/7' });
  });
});

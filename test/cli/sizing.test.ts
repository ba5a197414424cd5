import { expect, it } from 'vitest';
import { putSizing, readBytesADay, readCosts, readMemory, sizingTable } from '../../src/cli/bench/sizing';

const performance = [
  '| door | through /s |',
  '| --- | --: |',
  '| http | 11,814 |',
  '',
  '| door | server | tracking | load | all | possible /s |',
  '| --- | --: | --: | --: | --: | --: |',
  '| http, 25 a message | 10.0 | 20.0 | 5.0 | 35.0 | 57,143 |',
  '| mqtt, 1 a message | 30.0 | 25.0 | 15.0 | 70.0 | 28,571 |',
  '',
].join('\n');

it('reads what a sighting costs without those who send it', () => {
  expect(readCosts(performance)).toEqual([
    { door: 'http, 25 a message', cpuS: 30 },
    { door: 'mqtt, 1 a message', cpuS: 55 },
  ]);
  expect(() => readCosts('# Performance')).toThrow(/bench:pipeline/);
});

const growth = [
  '| tags | gateways | cores | memory MB |',
  '| ---: | --: | --: | --: |',
  '| 1,000 | 180 | 0.50 | 600 |',
  '| 11,000 | 1,500 | 1.50 | 1,600 |',
].join('\n');

const history = [
  '## Plain PostgreSQL on PostgreSQL 18.4',
  '| fixes as they are written             | 17 MB, 200,000 bytes a tag and day |',
  '| fixes as they are kept                | 17 MB, 200,000 bytes a tag and day |',
  '| stays, hours of presence and rollups  | 1 MB, 16,000 bytes a tag and day   |',
  '## TimescaleDB on PostgreSQL 15.18',
  '| fixes as they are written             | 17 MB, 200,000 bytes a tag and day |',
  '| fixes as they are kept                | 2 MB, 30,000 bytes a tag and day   |',
  '| stays, hours of presence and rollups  | 0.6 MB, 10,000 bytes a tag and day  |',
].join('\n');

it('reads how memory grows with the tags', () => {
  expect(readMemory(growth)(15_000)).toBeCloseTo(2_000, 6);
  expect(() => readMemory('| tags |')).toThrow(/--growth/);
});

it('reads what a tag leaves a day in each kind of database', () => {
  expect(readBytesADay(history, 'Plain PostgreSQL')).toBe(216_000);
  expect(readBytesADay(history, 'TimescaleDB')).toBe(40_000);
  expect(() => readBytesADay(history, 'Oracle')).toThrow(/bytes a day of Oracle/);
});

it('needs as many cores as the worst hour keeps half busy, by the cheapest door and by the dearest', () => {
  const row = sizingTable({ performance, growth, history }).find((line) => line.startsWith('| 1,000 '));
  expect(row).toBe('| 1,000 | 15,000 | 2,000 | 50,000 | 3.0–5.5 | 4.0 GB | 3.24 GB | 0.60 GB |');
});

it('is put in its place, and again', () => {
  const before = 'a\n<!-- sizing: npm run sizing -->\nold\n<!-- end of sizing -->\nb';
  const once = putSizing(before, ['| new |']);
  expect(once).toBe('a\n<!-- sizing: npm run sizing -->\n\n| new |\n\n<!-- end of sizing -->\nb');
  expect(putSizing(once, ['| new |'])).toBe(once);
  expect(() => putSizing('nothing', [])).toThrow(/no place/);
});

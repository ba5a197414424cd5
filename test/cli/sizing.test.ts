import { expect, it } from 'vitest';
import { putSizing, readCosts, sizingTable } from '../../src/cli/bench/sizing';

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

it('needs as many cores as the worst hour keeps half busy, by the cheapest door and by the dearest', () => {
  const row = sizingTable(readCosts(performance)).find((line) => line.startsWith('| 1,000 '));
  expect(row).toBe('| 1,000 | 15,000 | 2,000 | 50,000 | 3.0–5.5 | 2.33 GB | 0.30 GB |');
});

it('is put in its place, and again', () => {
  const before = 'a\n<!-- sizing: npm run sizing -->\nold\n<!-- end of sizing -->\nb';
  const once = putSizing(before, ['| new |']);
  expect(once).toBe('a\n<!-- sizing: npm run sizing -->\n\n| new |\n\n<!-- end of sizing -->\nb');
  expect(putSizing(once, ['| new |'])).toBe(once);
  expect(() => putSizing('nothing', [])).toThrow(/no place/);
});

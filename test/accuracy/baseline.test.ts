import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { smallFigures, worsened } from './small-figures';

const text = readFileSync(join(__dirname, 'baseline.json'), 'utf8');
const baseline = z.record(z.string(), z.number()).parse(JSON.parse(text));

it('no figure of the engine is worse than its band allows', { timeout: 240_000 }, async () => {
  expect(Object.keys(baseline).length).toBeGreaterThan(20);
  expect(worsened(baseline, await smallFigures())).toEqual([]);
});

it('a figure that worsens beyond its band, or vanishes, is named', () => {
  const was = { 'day grid mean': 2, 'day grid roomRight': 0.8, 'day grid levelRight': 1 };
  expect(worsened(was, { ...was, 'day grid mean': 2.1 })).toEqual([]);
  expect(worsened(was, { ...was, 'day grid mean': 2.3 })).toEqual(['day grid mean was 2 and is 2.3']);
  expect(worsened(was, { ...was, 'day grid roomRight': 0.7 })).toEqual(['day grid roomRight was 0.8 and is 0.7']);
  expect(worsened(was, { 'day grid mean': 2, 'day grid roomRight': 0.9 })).toEqual(['day grid levelRight is missing']);
});

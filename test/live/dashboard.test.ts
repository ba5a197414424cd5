import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const project = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(project, path), 'utf8');

test('the dashboard asks only for metrics that there are', () => {
  const sources = readdirSync(join(project, 'src'), { recursive: true, encoding: 'utf8' });
  const known = new Set(
    sources
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => [...read(join('src', path)).matchAll(/name: '(whereabouts_\w+)'/g)].map(([, name]) => name)),
  );
  const asked = [...read('docker/grafana/whereabouts.json').matchAll(/whereabouts_[a-z_]+/g)].map(([name]) => name);
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.map((name) => name.replace(/_bucket$/, '')).filter((name) => !known.has(name))).toEqual([]);
});

test('metrics are named by convention: counters end in _total, what is a time or an age in its unit, no tag is a label', () => {
  const sources = readdirSync(join(project, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  const made = sources.flatMap((path) => [
    ...read(join('src', path)).matchAll(/new (Counter|Gauge|Histogram)\(\{\s*name: '(\w+)'([^}]*)\}/g),
  ]);
  expect(made.length).toBeGreaterThan(25);
  for (const [, type = '', name = '', rest = ''] of made) {
    expect(name).toMatch(/^whereabouts_[a-z_]+$/);
    expect(name.endsWith('_total'), name).toBe(type === 'Counter');
    if (/Unix|Epoch/.test(rest)) expect(name).toMatch(/_timestamp_seconds$/);
    if (type === 'Histogram') expect(name).toMatch(/_seconds$/);
    expect(/labelNames: \[[^\]]*'(tag|asset|gateway)/.test(rest), name).toBe(false);
  }
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSightings, readSurvey, readTruth } from '../../src/cli/score/read-ndjson';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'whereabouts-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function file(name: string, ...lines: readonly unknown[]): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return path;
}

const sighting = { gatewayId: 'AA:BB:CC:DD:EE:01', tagId: 'T', rssi: -70, heardAt: 2000 };
const levels = new Set(['L1']);

describe('a sightings file', () => {
  it('is read in order of time, ids in their one spelling, empty lines skipped', async () => {
    const path = await file('s.ndjson', sighting, '', { ...sighting, heardAt: 1000 }, '');
    expect(await readSightings(path)).toEqual([
      { tagId: 't', gatewayId: 'aabbccddee01', rssi: -70, heardAt: 1000, receivedAt: 1000 },
      { tagId: 't', gatewayId: 'aabbccddee01', rssi: -70, heardAt: 2000, receivedAt: 2000 },
    ]);
  });

  it.each<[string, unknown, RegExp]>([
    ['that is not JSON', '{', /bad\.ndjson, line 2: not JSON\.$/],
    ['with a strength no radio reports', { ...sighting, rssi: -200 }, /line 2: rssi: /],
    ['with text for a number', { ...sighting, heardAt: 'noon' }, /line 2: heardAt: /],
    ['without a tag', { ...sighting, tagId: undefined }, /line 2: tagId: /],
  ])('with a line %s is refused, file and line named', async (_, line, message) => {
    await expect(readSightings(await file('bad.ndjson', sighting, line))).rejects.toThrow(message);
  });

  it('that is missing or empty is refused in one sentence', async () => {
    await expect(readSightings(join(dir, 'none'))).rejects.toThrow(/^Cannot read .*none/);
    await expect(readSightings(await file('empty.ndjson'))).rejects.toThrow(/holds no rows/);
  });
});

describe('surveys and truths', () => {
  it('name levels of the site', async () => {
    const point = { pointId: 'p', levelId: 'L9', x: 1, y: 2, heard: [] };
    await expect(readSurvey(await file('v.ndjson', point), levels)).rejects.toThrow(/line 1: the site has no level L9/);
    const truth = { tagId: 'T', at: 1, levelId: 'L9', x: 1, y: 2 };
    await expect(readTruth(await file('t.ndjson', truth), levels)).rejects.toThrow(/no level L9/);
  });

  it('a truth has a place or a zone', async () => {
    const truth = { tagId: 'T', at: 1, levelId: 'L1' };
    await expect(readTruth(await file('t1.ndjson', truth), levels)).rejects.toThrow(/needs x and y, or zoneId/);
    await expect(readTruth(await file('t2.ndjson', { ...truth, x: 1 }), levels)).rejects.toThrow(/x and y go together/);
    expect(await readTruth(await file('t3.ndjson', { ...truth, zoneId: 'a' }), levels)).toHaveLength(1);
  });
});

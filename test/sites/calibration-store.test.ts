import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Calibration } from '../../src/core';
import { keepCalibration, listCalibrations, readCurrentCalibration, rollBack } from '../../src/sites/calibration-store';

const calibrationOf = (fittedAt: number): Calibration => ({
  siteId: 'made',
  fittedAt,
  gateways: [],
  fallback: { rssi1m: -60, exponent: 2, sigma: 4, points: fittedAt },
});

describe('calibrations of a site', () => {
  let dir: string;
  const inUse = async () => (await readCurrentCalibration(dir, 'made', []))?.fittedAt ?? null;
  const versions = async () =>
    (await listCalibrations(dir, 'made', [])).map(({ version, isCurrent }) => (isCurrent ? -version : version));

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'calibration-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('are none at first, and there is nothing to go back to', async () => {
    expect(await inUse()).toBeNull();
    expect(await versions()).toEqual([]);
    await expect(rollBack(dir, 'made', null)).rejects.toThrow('no calibration of made before');
  });

  it('are all kept; the newest is in use', async () => {
    for (const at of [10, 20, 30]) await keepCalibration(dir, calibrationOf(at));
    expect(await inUse()).toBe(30);
    expect(await versions()).toEqual([1, 2, -3]);
  });

  it('go back by one or to any version, and a new one after that overwrites none', async () => {
    for (const at of [10, 20, 30]) await keepCalibration(dir, calibrationOf(at));
    expect(await rollBack(dir, 'made', null)).toBe(2);
    expect(await inUse()).toBe(20);
    expect(await rollBack(dir, 'made', 1)).toBe(1);
    await expect(rollBack(dir, 'made', 9)).rejects.toThrow('no version 9');
    expect(await inUse()).toBe(10);
    await keepCalibration(dir, calibrationOf(40));
    expect(await versions()).toEqual([1, 2, 3, -4]);
  });

  it('begin with the one kept before there were versions', async () => {
    await mkdir(join(dir, 'calibration'));
    await writeFile(join(dir, 'calibration', 'made.json'), JSON.stringify(calibrationOf(5)));
    expect(await inUse()).toBe(5);
    await keepCalibration(dir, calibrationOf(10));
    expect(await inUse()).toBe(10);
    expect(await rollBack(dir, 'made', null)).toBe(1);
    expect(await inUse()).toBe(5);
  });

  it('do not go back to a file that cannot be read, and say so', async () => {
    for (const at of [10, 20]) await keepCalibration(dir, calibrationOf(at));
    await writeFile(join(dir, 'calibration', 'made', '0001.json'), '{ broken');
    await expect(rollBack(dir, 'made', null)).rejects.toThrow('Version 1 cannot be used');
    expect(await inUse()).toBe(20);
  });

  it('count walls on a way through a slab, or none, whatever an earlier fit said', async () => {
    await mkdir(join(dir, 'calibration'));
    const before = { ...calibrationOf(5), slab: { db: 14, sigmaDb: 3, wallShare: -0.2 } };
    await writeFile(join(dir, 'calibration', 'made.json'), JSON.stringify(before));
    expect((await readCurrentCalibration(dir, 'made', []))?.slab?.wallShare).toBe(0);
  });

  it('are named when the one in use is gone', async () => {
    await keepCalibration(dir, calibrationOf(10));
    await writeFile(join(dir, 'calibration', 'made', 'current'), '7\n');
    await expect(inUse()).rejects.toThrow('--rollback');
    await rollBack(dir, 'made', 1);
    expect(await readFile(join(dir, 'calibration', 'made', 'current'), 'utf8')).toBe('1\n');
    expect(await inUse()).toBe(10);
  });
});

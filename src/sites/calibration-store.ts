import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Calibration } from '../core';
import type { Fault } from './read-plan';
import { isMissing, readCalibration } from './site-files';

/** One calibration kept for a site. Versions are numbers from 1; none is ever overwritten or deleted. */
export interface KeptCalibration {
  readonly version: number;
  readonly isCurrent: boolean;
  readonly calibration: Calibration;
}

/** A version was asked for that is not there, or none can be used. */
export class CalibrationStoreError extends Error {
  override name = 'CalibrationStoreError';
}

const folderOf = (dataDir: string, siteId: string): string => join(dataDir, 'calibration', siteId);
/** Where calibrations lay before versions: read when there is no version, and kept as the first one. */
const formerPath = (dataDir: string, siteId: string): string => join(dataDir, 'calibration', `${siteId}.json`);
const fileOf = (version: number): string => `${String(version).padStart(4, '0')}.json`;
const versionFile = /^(\d{4,})\.json$/;
const pointer = 'current';

/** Path of the calibration in use; there may be none. @throws CalibrationStoreError when the pointer leads nowhere. */
async function currentPath(dataDir: string, siteId: string): Promise<string> {
  const folder = folderOf(dataDir, siteId);
  const [versions, current] = [await versionsIn(folder), await currentIn(folder)];
  if (current === null) {
    const newest = versions.at(-1);
    return newest === undefined ? formerPath(dataDir, siteId) : join(folder, fileOf(newest));
  }
  if (!versions.includes(current)) {
    throw new CalibrationStoreError(
      `Version ${current} of the calibration of ${siteId} is in use but not in ${folder}: choose one with calibrate --rollback.`,
    );
  }
  return join(folder, fileOf(current));
}

/** The calibration in use, null when none is kept. Faults in its file are added to `faults`. */
export async function readCurrentCalibration(dataDir: string, siteId: string, faults: Fault[]) {
  return readCalibration(await currentPath(dataDir, siteId), faults);
}

/** Which versions there are, oldest first, and which is in use; null: none has a version. */
export async function readVersions(dataDir: string, siteId: string) {
  const folder = folderOf(dataDir, siteId);
  const kept = await versionsIn(folder);
  return { kept, current: (await currentIn(folder)) ?? kept.at(-1) ?? null };
}

/** Keeps a calibration as the newest version and puts it to use. Returns its version and its file. */
export async function keepCalibration(dataDir: string, calibration: Calibration) {
  const folder = folderOf(dataDir, calibration.siteId);
  await mkdir(folder, { recursive: true });
  await takeOver(dataDir, calibration.siteId, folder);
  const version = ((await versionsIn(folder)).at(-1) ?? 0) + 1;
  const path = join(folder, fileOf(version));
  await writeWhole(path, `${JSON.stringify(calibration, null, 1)}\n`);
  await pointTo(folder, version);
  return { version, path };
}

/** All versions, oldest first; unreadable ones add to `faults` and are left out. */
export async function listCalibrations(dataDir: string, siteId: string, faults: Fault[]): Promise<KeptCalibration[]> {
  const folder = folderOf(dataDir, siteId);
  const versions = await versionsIn(folder);
  const current = (await currentIn(folder)) ?? versions.at(-1);
  const kept: KeptCalibration[] = [];
  for (const version of versions) {
    const calibration = await readCalibration(join(folder, fileOf(version)), faults);
    if (calibration !== null) kept.push({ version, isCurrent: version === current, calibration });
  }
  return kept;
}

/** Puts an earlier version to use: the one named, else the one before the present. @throws CalibrationStoreError */
export async function rollBack(dataDir: string, siteId: string, to: number | null): Promise<number> {
  const folder = folderOf(dataDir, siteId);
  const versions = await versionsIn(folder);
  const current = (await currentIn(folder)) ?? versions.at(-1) ?? 0;
  const version = to ?? versions.filter((one) => one < current).at(-1);
  if (version === undefined) {
    throw new CalibrationStoreError(`There is no calibration of ${siteId} before the present one.`);
  }
  const faults: Fault[] = [];
  if (!versions.includes(version)) {
    throw new CalibrationStoreError(`There is no version ${version} of the calibration of ${siteId}.`);
  }
  await readCalibration(join(folder, fileOf(version)), faults);
  const [fault] = faults;
  if (fault !== undefined) {
    throw new CalibrationStoreError(`Version ${version} cannot be used: ${fault.file}: ${fault.reason}.`);
  }
  await pointTo(folder, version);
  return version;
}

async function versionsIn(folder: string): Promise<number[]> {
  const files = await readdir(folder).catch((error: unknown): string[] => {
    if (isMissing(error)) return [];
    throw error;
  });
  return files
    .flatMap((file) => versionFile.exec(file)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

async function currentIn(folder: string): Promise<number | null> {
  try {
    const version = Number((await readFile(join(folder, pointer), 'utf8')).trim());
    return Number.isInteger(version) && version > 0 ? version : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

const pointTo = (folder: string, version: number): Promise<void> => writeWhole(join(folder, pointer), `${version}\n`);

/** A calibration from before versions becomes the first of them. */
async function takeOver(dataDir: string, siteId: string, folder: string): Promise<void> {
  if ((await versionsIn(folder)).length > 0) return;
  try {
    await writeWhole(join(folder, fileOf(1)), await readFile(formerPath(dataDir, siteId), 'utf8'));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** Whole or not at all: a crash half way leaves the old file. */
async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

import { loadConfig } from '../../config/config';
import {
  buildSiteModel,
  type Calibration,
  checkSurvey,
  fitCalibration,
  type Rules,
  type Site,
  type SiteModel,
  type SurveyPoint,
} from '../../core';
import { readCurrentCalibration } from '../../sites/calibration-store';
import { loadSite, readCalibration, SiteFileError } from '../../sites/site-files';
import { BadInputError, readSurvey } from './read-ndjson';

export interface LoadedModel {
  readonly site: Site;
  readonly model: SiteModel;
  /** Where the radio model came from, in words. */
  readonly radio: string;
}

/**
 * A site as the engine reads it, with the radio model of `survey` when it is given, else the one tracking would use.
 * What is wrong with the site is said on stderr.
 */
export async function loadModel(
  dir: string,
  survey: string | undefined,
  rules: Partial<Rules> = {},
): Promise<LoadedModel> {
  const { site, calibration: beside } = await loadSite(dir);
  const fitted = survey === undefined ? await readKept(dir, site) : await fitFrom(survey, site);
  const calibration = fitted ?? beside;
  return { site, model: modelOf(site, calibration, rules), radio: nameRadio(survey, calibration) };
}

/** A site with the radio model of a calibration file. */
export async function loadModelWith(dir: string, file: string, rules: Partial<Rules> = {}): Promise<LoadedModel> {
  const { site } = await loadSite(dir);
  const faults: ConstructorParameters<typeof SiteFileError>[1][number][] = [];
  const calibration = await readCalibration(file, faults);
  if (faults.length > 0) throw new SiteFileError(dir, faults);
  if (calibration === null) throw new BadInputError(`There is no site directory and no calibration file at ${file}.`);
  if (calibration.siteId !== site.id) warn(`${file} was fitted to ${calibration.siteId}, and this is ${site.id}.`);
  return { site, model: modelOf(site, calibration, rules), radio: `calibration ${file}` };
}

function modelOf(site: Site, calibration: Calibration | null, rules: Partial<Rules>): SiteModel {
  const model = buildSiteModel(site, calibration, rules);
  model.warnings.forEach(warn);
  return model;
}

/** Tells a person, beside what the command prints. */
export const warn = (sentence: string): boolean => process.stderr.write(`Warning: ${sentence}\n`);

function nameRadio(survey: string | undefined, calibration: Calibration | null): string {
  if (survey !== undefined) return `calibrated on ${survey}`;
  return calibration === null ? 'default radio model' : 'the calibration kept for this site';
}

async function fitFrom(survey: string, site: Site): Promise<Calibration> {
  return fitCalibration(site, usableOf(site, await readSurvey(survey, levelsOf(site))), 0).calibration;
}

/** The points a site can be calibrated on; what is wrong with the others is said. @throws BadInputError when none can */
export function usableOf(site: Site, points: readonly SurveyPoint[]): readonly SurveyPoint[] {
  const { usable, warnings } = checkSurvey(site, points);
  warnings.forEach(warn);
  if (usable.length === 0) throw new BadInputError('No point of the survey lies on the plan.');
  return usable;
}

export const levelsOf = (site: Site): ReadonlySet<string> => new Set<string>(site.levels.map(({ id }) => id));

async function readKept(dir: string, site: Site): Promise<Calibration | null> {
  const faults: ConstructorParameters<typeof SiteFileError>[1][number][] = [];
  const kept = await readCurrentCalibration(loadConfig(process.env).dataDir, site.id, faults);
  if (faults.length > 0) throw new SiteFileError(dir, faults);
  return kept;
}

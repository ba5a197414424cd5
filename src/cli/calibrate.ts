import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '../config/config';
import { reasonOf } from '../config/start-error';
import { buildSiteModel, type Calibration, fitCalibration, type Site, type SurveyPoint } from '../core';
import { surveyReferences } from '../core';
import { CalibrationStoreError, keepCalibration, listCalibrations, rollBack } from '../sites/calibration-store';
import { loadSite, SiteFileError } from '../sites/site-files';
import { formatFit, formatKept } from './calibrate/format';
import { levelsOf, usableOf, warn } from './score/load-model';
import { BadInputError, readReferenceTags, readSightings, readSurvey } from './score/read-ndjson';

interface Options {
  readonly site: string;
  readonly survey?: string;
  readonly reference?: string;
  readonly referenceTags?: string;
  readonly list?: boolean;
  readonly rollback?: number | true;
  readonly out?: string;
  readonly json?: boolean;
}

/** `calibrate`: fits the radio model of a site and keeps it where the engine reads it; lists and rolls back. */
export function calibrateCommand(): Command {
  return new Command('calibrate')
    .description('Fit the radio model of a site and keep it as a new version; list versions; roll back')
    .requiredOption('--site <dir>', 'the site directory')
    .option('--survey <file>', 'survey points (NDJSON)')
    .option('--reference <file>', 'sightings (NDJSON) of fixed tags and of gateways that advertise')
    .option('--reference-tags <file>', 'where the fixed tags are: NDJSON of tagId, levelId, x, y, z?')
    .option('--list', 'list the versions kept')
    .option('--rollback [version]', 'put an earlier version to use; default: the one before the present', version)
    .option('--out <file>', 'write it there instead of keeping it as a version in DATA_DIR')
    .option('--json', 'print as JSON')
    .action((options: Options) => run(options));
}

function version(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('a version is a number from 1 up.');
  return number;
}

async function run(options: Options): Promise<void> {
  const { site } = await loadSite(options.site);
  try {
    if (options.list === true) await list(site, options);
    else if (options.rollback !== undefined) await goBack(site, options.rollback);
    else await fit(site, options);
  } catch (error) {
    if (error instanceof CalibrationStoreError) throw new BadInputError(error.message);
    throw error;
  }
}

const dataDir = (): string => loadConfig(process.env).dataDir;

async function list(site: Site, { json }: Options): Promise<void> {
  const faults: ConstructorParameters<typeof SiteFileError>[1][number][] = [];
  const kept = await listCalibrations(dataDir(), site.id, faults);
  for (const { file, reason } of faults) process.stderr.write(`Warning: ${file}: ${reason}\n`);
  if (json === true) {
    const rows = kept.map(({ calibration, ...own }) => ({ ...own, fittedAt: calibration.fittedAt }));
    process.stdout.write(`${JSON.stringify(rows)}\n`);
  } else process.stdout.write(`${formatKept(site, kept)}\n`);
}

async function goBack(site: Site, to: number | true): Promise<void> {
  const used = await rollBack(dataDir(), site.id, to === true ? null : to);
  process.stdout.write(
    `Version ${used} of the calibration of ${site.id} is in use; a service that runs takes it up within seconds.\n`,
  );
}

async function fit(site: Site, options: Options): Promise<void> {
  for (const warning of buildSiteModel(site, null, { method: 'least-squares' }).warnings) warn(warning);
  const usable = usableOf(site, await readPoints(site, options));
  const unknown = new Set(usable.flatMap(({ heard }) => heard.map((own) => own.gatewayId)));
  for (const id of site.gatewayById.keys()) unknown.delete(id);
  if (unknown.size > 0) warn(`The site has no gateway ${[...unknown].join(', ')}.`);
  const fitted = fitCalibration(site, usable, Date.now());
  if (fitted.quality.length === 0)
    throw new BadInputError(`Nothing was heard by a gateway of ${site.id} on its level.`);
  const basis = options.survey === undefined ? 'references' : 'survey';
  const kept = await keep({ ...fitted.calibration, basis }, options.out);
  process.stdout.write(
    options.json === true ? `${JSON.stringify({ ...kept, ...fitted })}\n` : `${formatFit(fitted)}\n${kept.said}\n`,
  );
}

async function readPoints(site: Site, { survey, reference, referenceTags }: Options): Promise<SurveyPoint[]> {
  if (survey === undefined && reference === undefined) {
    throw new BadInputError('Name points to fit to with --survey or --reference.');
  }
  const levels = levelsOf(site);
  const points = survey === undefined ? [] : await readSurvey(survey, levels);
  if (reference === undefined) return points;
  const tags = referenceTags === undefined ? [] : await readReferenceTags(referenceTags, levels);
  const references = surveyReferences(site, tags, await readSightings(reference));
  if (references.length === 0) {
    throw new BadInputError(
      `${reference} holds no sighting of a reference tag or of a gateway: name tags with --reference-tags.`,
    );
  }
  return [...points, ...references];
}

async function keep(calibration: Calibration, out: string | undefined) {
  try {
    if (out === undefined) {
      const { version: own, path } = await keepCalibration(dataDir(), calibration);
      return {
        version: own,
        out: path,
        said: `Kept as version ${own}, ${path}; a service that runs takes it up within seconds.`,
      };
    }
    const path = resolve(out);
    await writeFile(path, `${JSON.stringify(calibration, null, 1)}\n`);
    return { out: path, said: `Written to ${path}.` };
  } catch (error) {
    throw new BadInputError(`Cannot write the calibration: ${reasonOf(error)}.`);
  }
}

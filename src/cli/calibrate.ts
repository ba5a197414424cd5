import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { loadConfig } from '../config/config';
import { reasonOf } from '../config/start-error';
import { buildSiteModel, fitCalibration, type Fit, type FitQuality } from '../core';
import { loadSite } from '../sites/site-files';
import { calibrationPath } from '../sites/site-model-source';
import { levelsOf } from './score/load-model';
import { BadInputError, readSurvey } from './score/read-ndjson';

interface Options {
  readonly site: string;
  readonly survey: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `calibrate`: fits the radio model of a site and writes it where the engine reads it. */
export function calibrateCommand(): Command {
  return new Command('calibrate')
    .description('Fit the radio model of a site to survey points and write it where the engine reads it')
    .requiredOption('--site <dir>', 'the site directory')
    .requiredOption('--survey <file>', 'survey points (NDJSON)')
    .option('--out <file>', 'where to write it; default: calibration/<site>.json in DATA_DIR')
    .option('--json', 'print the fit as JSON')
    .action((options: Options) => run(options));
}

async function run(options: Options): Promise<void> {
  const { site } = await loadSite(options.site);
  for (const warning of buildSiteModel(site, null).warnings) process.stderr.write(`Warning: ${warning}\n`);
  const survey = await readSurvey(options.survey, levelsOf(site));
  const unknown = new Set(survey.flatMap(({ heard }) => heard.map((own) => own.gatewayId)));
  for (const id of site.gatewayById.keys()) unknown.delete(id);
  if (unknown.size > 0) process.stderr.write(`Warning: the site has no gateway ${[...unknown].join(', ')}.\n`);
  const fit = fitCalibration(site, survey, Date.now());
  if (fit.quality.length === 0) throw new BadInputError(`${options.survey} heard no gateway of ${site.id}.`);
  const out = resolve(options.out ?? calibrationPath(loadConfig(process.env).dataDir, site.id));
  await write(out, fit);
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ out, ...fit })}\n`
      : `${formatFit(fit)}\nWritten to ${out}; the service reads it when it starts.\n`,
  );
}

async function write(out: string, { calibration }: Fit): Promise<void> {
  try {
    await mkdir(dirname(out), { recursive: true });
    await writeFile(out, `${JSON.stringify(calibration, null, 1)}\n`);
  } catch (error) {
    throw new BadInputError(`Cannot write ${out}: ${reasonOf(error)}.`);
  }
}

function formatFit({ calibration, quality }: Fit): string {
  const { fallback, gateways } = calibration;
  const radioOf = new Map(gateways.map((radio) => [radio.gatewayId, radio]));
  const width = Math.max(9, ...quality.map(({ gatewayId }) => gatewayId.length));
  const row = (q: FitQuality): string => {
    const radio = radioOf.get(q.gatewayId) ?? fallback;
    return [
      q.gatewayId.padEnd(width),
      String(q.points).padStart(6),
      `${q.nearestM.toFixed(1)}–${q.furthestM.toFixed(1)} m`.padStart(14),
      radio.rssi1m.toFixed(1).padStart(9),
      radio.exponent.toFixed(2).padStart(9),
      `${q.rmsDb.toFixed(1)} dB`.padStart(9),
      `${q.defaultRmsDb.toFixed(1)} dB`.padStart(10),
    ].join('');
  };
  const head = `${'gateway'.padEnd(width)}points      distances  at 1 m exponent  residual by default`;
  const all = `all together: ${fallback.rssi1m.toFixed(1)} dBm at 1 m, exponent ${fallback.exponent.toFixed(2)}`;
  return [head, ...quality.map(row), all].join('\n');
}

import { Command } from 'commander';
import { formatScore } from './score/format-score';
import { judge, type Verdict } from './score/judge';
import { levelsOf, loadModel } from './score/load-model';
import { locateAll } from './score/locate-all';
import { Progress } from './score/progress';
import { BadInputError, readSightings, readTruth } from './score/read-ndjson';
import { score } from './score/score';
import { methodOption, rulesOf } from './score/method-option';
import type { Fix, MethodName } from '../core';

interface Options {
  readonly site: string;
  readonly survey?: string;
  readonly sightings: string[];
  readonly truth: string[];
  readonly method?: MethodName;
  readonly json?: boolean;
}

/** `evaluate`: locate, then score against the truth. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('Locate, then score the fixes against the truth')
    .requiredOption('--site <dir>', 'the site directory')
    .option('--survey <file>', 'calibrate on this survey first; default: the calibration kept for the site')
    .requiredOption('--sightings <files...>', 'sightings (NDJSON); several walks are scored together')
    .requiredOption('--truth <files...>', 'truth (NDJSON), one file for each sightings file, in the same order')
    .addOption(methodOption())
    .option('--json', 'print the score as JSON')
    .action((options: Options) => run(options));
}

async function run(options: Options): Promise<void> {
  const { site, model, radio } = await loadModel(options.site, options.survey, rulesOf(options));
  if (options.sightings.length !== options.truth.length) {
    throw new BadInputError(
      `${options.sightings.length} sightings files and ${options.truth.length} truth files do not pair up.`,
    );
  }
  const verdicts: Verdict[] = [];
  const fixes: Fix[] = [];
  for (const [i, path] of options.sightings.entries()) {
    const truths = await readTruth(options.truth[i] ?? '', levelsOf(site));
    const sightings = await readSightings(path);
    const progress = new Progress(path, sightings.length);
    const located = locateAll(sightings, model, progress.show);
    progress.end();
    for (const verdict of judge(located.fixes, truths, site)) verdicts.push(verdict);
    for (const fix of located.fixes) fixes.push(fix);
  }
  const result = score(verdicts, fixes, site);
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ site: site.id, radio, fixes: fixes.length, ...result })}\n`
      : `${site.name}, ${radio}\n${formatScore(result)}\n`,
  );
}

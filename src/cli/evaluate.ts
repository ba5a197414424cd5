import { stat } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { type Fix, type MethodName, type TagId, tagId } from '../core';
import { compareSides, type Side, worseBy } from './score/compare';
import { formatComparison } from './score/format-comparison';
import { formatScore } from './score/format-score';
import { judge, type Verdict } from './score/judge';
import { levelsOf, loadModel, loadModelWith, type LoadedModel } from './score/load-model';
import { type Entry, locateAll } from './score/locate-all';
import { methodOption, rulesOf } from './score/method-option';
import { Progress } from './score/progress';
import { BadInputError, readSightings, readTruth, type Truth } from './score/read-ndjson';
import { score } from './score/score';

interface Options {
  readonly site: string;
  readonly survey?: string;
  readonly sightings: string[];
  readonly truth?: string[];
  readonly compare?: string;
  readonly margin: number;
  readonly method?: MethodName;
  readonly json?: boolean;
}

/** How `evaluate --compare` ends when what is compared is worse by more than the margin. */
const worseExitCode = 2;

const marginOf = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new InvalidArgumentError('needs a number from 0');
  return value;
};

/** `evaluate`: locate, then score against the truth; or locate twice and compare. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('Locate, then score the fixes against the truth; or compare two plans or calibrations')
    .requiredOption('--site <dir>', 'the site directory')
    .option('--survey <file>', 'calibrate on this survey first; default: the calibration kept for the site')
    .requiredOption('--sightings <files...>', 'sightings (NDJSON); several walks are scored together')
    .option(
      '--truth <files...>',
      'truth (NDJSON), one file for each sightings file, in the same order; may be left out with --compare',
    )
    .option('--compare <path>', 'locate again with this site directory or calibration file, and show what changes')
    .option(
      '--margin <share>',
      `with --compare: exit with ${worseExitCode} when worse by more than this`,
      marginOf,
      0.05,
    )
    .addOption(methodOption())
    .option('--json', 'print the result as JSON')
    .action((options: Options) =>
      options.compare === undefined ? evaluate(options) : compare(options, options.compare),
    );
}

interface Walk {
  readonly fixes: readonly Fix[];
  readonly entries: readonly Entry[];
  readonly truths: readonly Truth[];
}

async function evaluate(options: Options): Promise<void> {
  if (options.truth === undefined) throw new BadInputError('--truth is needed to score; --compare can do without.');
  const loaded = await loadModel(options.site, options.survey, rulesOf(options));
  const { site, radio } = loaded;
  const walks = await locateWalks(options, loaded);
  const verdicts: Verdict[] = walks.flatMap(({ fixes, truths }) => judge(fixes, truths, site));
  const fixes = walks.flatMap((walk) => walk.fixes);
  const result = score(verdicts, fixes, site);
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ site: site.id, radio, fixes: fixes.length, ...result })}\n`
      : `${site.name}, ${radio}\n${formatScore(result)}\n`,
  );
}

async function locateWalks(options: Options, { site, model }: LoadedModel): Promise<Walk[]> {
  const { sightings: files, truth } = options;
  if (truth !== undefined && files.length !== truth.length) {
    throw new BadInputError(`${files.length} sightings files and ${truth.length} truth files do not pair up.`);
  }
  const walks: Walk[] = [];
  for (const [i, path] of files.entries()) {
    const truths = truth === undefined ? [] : await readTruth(truth[i] ?? '', levelsOf(site));
    const sightings = await readSightings(path);
    const progress = new Progress(path, sightings.length);
    const { fixes, entries } = locateAll(sightings, model, progress.show);
    progress.end();
    walks.push({ fixes, entries, truths });
  }
  return walks;
}

async function compare(options: Options, other: string): Promise<void> {
  const rules = rulesOf(options);
  const before = await loadModel(options.site, options.survey, rules);
  const isSite = (await stat(other).catch(() => null))?.isDirectory() ?? false;
  const after = await (isSite ? loadModel(other, options.survey, rules) : loadModelWith(options.site, other, rules));
  const walksBefore = await locateWalks(options, before);
  const walksAfter = await locateWalks(options, after);
  const truths = options.truth === undefined ? null : renamed(walksBefore, ({ truths: own }) => own);
  const comparison = compareSides(sideOf(before, walksBefore), sideOf(after, walksAfter), truths);
  const worse = worseBy(comparison, options.margin);
  const text =
    options.json === true
      ? JSON.stringify({ before: before.radio, after: after.radio, margin: options.margin, ...comparison, worse })
      : [
          `before: ${before.site.name}, ${before.radio}`,
          `after:  ${after.site.name}, ${after.radio}`,
          formatComparison(comparison, before.site),
          worse.length === 0 ? `Not worse by more than ${options.margin}.` : `Worse:\n  ${worse.join('\n  ')}`,
        ].join('\n');
  process.stdout.write(`${text}\n`);
  if (worse.length > 0) process.exitCode = worseExitCode;
}

const sideOf = ({ site }: LoadedModel, walks: readonly Walk[]): Side => ({
  site,
  fixes: renamed(walks, ({ fixes }) => fixes),
  entries: renamed(walks, ({ entries }) => entries),
});

/** Rows of all walks: the same tag in another walk is a tag of its own. */
function renamed<T extends { readonly tagId: string }>(
  walks: readonly Walk[],
  rows: (walk: Walk) => readonly T[],
): (T & { readonly tagId: TagId })[] {
  return walks.flatMap((walk, i) => rows(walk).map((row) => ({ ...row, tagId: tagId(`${row.tagId}/${i}`) })));
}

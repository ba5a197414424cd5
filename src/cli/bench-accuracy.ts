import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { reasonOf } from '../config/start-error';
import { type MethodName, methodNames } from '../core';
import { runScenario, type ScenarioOutcome } from './hospital/run-scenario';
import { readScenarios } from './hospital/scenario';
import { accuracyReport } from './report/accuracy-report';
import { errorCurves, reliability } from './report/pictures';
import type { Results } from './report/targets';
import { methodOption } from './score/method-option';
import { Progress } from './score/progress';
import { type Outcome, runProtocol } from './score/protocol';
import { readProtocols } from './score/read-protocols';
import { BadInputError } from './score/read-ndjson';

interface Options {
  readonly data: string;
  readonly scenarios: string;
  readonly out?: string;
  readonly only?: string;
  readonly method?: MethodName;
  readonly json?: boolean;
}

/** `bench-accuracy`: every site of a directory and every simulated scenario, by both methods; writes docs/accuracy.md. */
export function benchAccuracyCommand(): Command {
  return new Command('bench-accuracy')
    .description(
      'Score every site of a directory and every simulated scenario; writes docs/accuracy.md and its pictures',
    )
    .option('--data <dir>', 'directory of site directories with surveys, sightings and truth', '../shared/datasets')
    .option('--scenarios <dir>', 'directory of simulated scenarios', './test/accuracy/scenarios')
    .option('--only <text>', 'only sites and scenarios whose name begins so; writes nothing unless --out is given')
    .option(
      '--out <file>',
      'where to write the report; its pictures go to images/ beside it (default: docs/accuracy.md)',
    )
    .addOption(methodOption())
    .option('--json', 'print the scores as JSON')
    .action((options: Options) => run(options));
}

async function run(options: Options): Promise<void> {
  const methods = options.method === undefined ? methodNames : [options.method];
  const results = await score(options, methods);
  const out = options.out ?? (options.only === undefined ? './docs/accuracy.md' : undefined);
  const pictures = out === undefined ? [] : await draw(results, out);
  const report = accuracyReport(results, methods, pictures);
  if (out !== undefined) await write(out, report);
  process.stdout.write(options.json === true ? `${JSON.stringify(inFigures(results))}\n` : report);
}

async function score({ data, scenarios: dir, only = '' }: Options, methods: readonly MethodName[]): Promise<Results> {
  const protocols = (await readProtocols(data)).filter(({ site }) => site.startsWith(only));
  const days = (await readScenarios(dir)).filter(({ name }) => name.startsWith(only));
  if (protocols.length + days.length === 0) throw new BadInputError(`No site and no scenario begins with ${only}.`);
  const progress = new Progress('Scoring', protocols.length + days.length);
  const outcomes: Outcome[] = [];
  const scenarios: ScenarioOutcome[] = [];
  for (const [i, protocol] of protocols.entries()) {
    outcomes.push(...methods.map((method) => runProtocol(protocol, method)));
    progress.show(i + 1);
  }
  for (const [i, day] of days.entries()) {
    scenarios.push(...(await runScenario(day, methods)));
    progress.show(protocols.length + i + 1);
  }
  progress.end();
  return { outcomes, scenarios };
}

/** Writes the pictures beside the report; their names, and that of the film strip when somebody drew one. */
async function draw({ outcomes, scenarios }: Results, out: string): Promise<string[]> {
  const all = [...outcomes, ...scenarios.map(({ outcome }) => outcome)];
  const pictures = { 'accuracy-errors.svg': errorCurves(all), 'accuracy-reliability.svg': reliability(all) };
  const written: string[] = [];
  for (const [file, svg] of Object.entries(pictures)) {
    if (svg === null) continue;
    await write(join(dirname(out), 'images', file), svg);
    written.push(file);
  }
  const strip = 'film-strip.svg';
  const isDrawn = await access(join(dirname(out), 'images', strip)).then(
    () => true,
    () => false,
  );
  return isDrawn ? [...written, strip] : written;
}

async function write(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new BadInputError(`Cannot write ${path}: ${reasonOf(error)}.`);
  }
}

/** Results without the verdicts behind them. */
const inFigures = ({ outcomes, scenarios }: Results) => ({
  sites: outcomes.map(({ protocol, method, score: figures }) => ({
    site: protocol.site,
    survey: protocol.survey,
    method,
    ...figures,
  })),
  scenarios: scenarios.map(({ scenario, outcome, ...figures }) => ({
    scenario: scenario.name,
    method: outcome.method,
    ...outcome.score,
    ...figures,
  })),
});

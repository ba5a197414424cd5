import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { MethodName } from '../core';
import { reasonOf } from '../config/start-error';
import { accuracyReport } from './score/accuracy-report';
import { readCases } from './score/cases';
import { simulateHospital } from './score/hospital-cases';
import { measureSpeed } from './score/measure-speed';
import { methodOption, rulesOf } from './score/method-option';
import { Progress } from './score/progress';
import { BadInputError } from './score/read-ndjson';
import { type GroupScore, runGroup } from './score/run-cases';

interface Options {
  readonly data: string;
  readonly hospital: string;
  readonly out: string;
  readonly method?: MethodName;
  readonly json?: boolean;
}

/** `bench-accuracy`: evaluates every site of a directory and the simulated hospital; writes docs/accuracy.md. */
export function benchAccuracyCommand(): Command {
  return new Command('bench-accuracy')
    .description('Evaluate over every site in a directory and the simulated hospital; writes docs/accuracy.md')
    .option('--data <dir>', 'directory of site directories with surveys, sightings and truth', '../shared/datasets')
    .option('--hospital <dir>', 'site directory of the simulated hospital', './floorplans/general-hospital')
    .option('--out <file>', 'where to write the report', './docs/accuracy.md')
    .addOption(methodOption())
    .option('--json', 'print the scores as JSON')
    .action((options: Options) => run(options));
}

async function run({ data, hospital, out, json, ...options }: Options): Promise<void> {
  const rules = rulesOf(options);
  const groups = [...(await readCases(data)), await simulateHospital(hospital)];
  const progress = new Progress('Evaluating', groups.length);
  const scores = groups.map((group, i): GroupScore => {
    const result = runGroup(group, rules);
    progress.show(i + 1);
    return result;
  });
  progress.end();
  const usPerFix = measureSpeed(rules);
  const report = accuracyReport(scores, usPerFix);
  await writeFile(out, report).catch((error: unknown) => {
    throw new BadInputError(`Cannot write ${out}: ${reasonOf(error)}.`);
  });
  process.stdout.write(json === true ? `${JSON.stringify({ usPerFix, sites: scores })}\n` : report);
}

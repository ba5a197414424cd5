import { Command, InvalidArgumentError, Option } from 'commander';
import type { MethodName } from '../core';
import { dayReport } from './bench/day/day-report';
import { rounds } from './bench/day/rounds';
import { type DayOptions, runDay } from './bench/day/run-day';
import { methodOption, rulesOf } from './score/method-option';
import { writeFile } from 'node:fs/promises';

interface Options extends Pick<DayOptions, 'site' | 'hours' | 'searches' | 'seed' | 'surveyPoints' | 'kinds'> {
  readonly method?: MethodName;
  readonly report?: string;
}

const positive = (text: string): number => {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('needs a number above 0');
  return value;
};

/** `bench:day`: how long it takes to fetch equipment through a simulated day, with the system and without. */
export function benchDayCommand(): Command {
  return new Command('bench-day')
    .description(
      'How long it takes to fetch equipment through a simulated day: by our answer, straight-line, and without',
    )
    .option('--site <dir>', 'the site directory', './floorplans/general-hospital')
    .option('--hours <n>', 'length of the day', positive, 24)
    .option('--searches <n>', 'searches for each kind of equipment', positive, 1_000)
    .option('--seed <n>', 'another seed is another day', positive, 1)
    .option('--survey-points <n>', 'places surveyed before the day, in its own air', positive, 120)
    .addOption(
      new Option('--kinds <ids...>', 'kinds of equipment looked for')
        .choices(Object.keys(rounds))
        .default(Object.keys(rounds)),
    )
    .addOption(methodOption())
    .option('--report <file>', 'write the page of figures there, e.g. docs/finding.md')
    .action((options: Options) => benchDay(options));
}

async function benchDay({ report, method, ...options }: Options): Promise<void> {
  const rules = rulesOf(method === undefined ? {} : { method });
  const onHour = (hour: number): void => void process.stderr.write(`${hour} h of ${options.hours}\r`);
  const result = await runDay({ ...options, rules, onHour });
  const text = dayReport(result, { ...options, method: method ?? null });
  if (report === undefined) process.stdout.write(text);
  else await writeFile(report, text);
}

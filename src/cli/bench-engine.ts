import { Command } from 'commander';
import { buildSiteModel, defaultRules, type MethodName, methodNames, type Rules } from '../core';
import { benchSite } from './bench/engine/bench-site';
import { type BuildTimes, measureBuild } from './bench/engine/measure-build';
import { type Memory, measureMemory } from './bench/engine/measure-memory';
import { measureFloor, measureRates, type Rates } from './bench/engine/measure-rates';
import { methodOption } from './score/method-option';
import { Progress } from './score/progress';

interface Options {
  readonly method?: MethodName;
  readonly json?: boolean;
}

interface MethodFigures {
  readonly method: MethodName;
  readonly rates: Rates;
  readonly memory: Memory;
  readonly build: BuildTimes;
}

/** Cells of the grid as the bench judges it, metres: finer than the default. */
const cellM = 0.5;
const gatewaysOnLevel = 25;
/** What is to be reached (fixes a second of one core). */
const wanted: Readonly<Record<MethodName, number>> = { 'least-squares': 150_000, 'bayes-grid': 25_000 };
const wantedBytesPerTag = 2048;
const wantedBuildS = 5;

/** `bench:engine`: the engine alone on one core, in processor time. */
export function benchEngineCommand(): Command {
  return new Command('bench-engine')
    .description('Fixes a second of one core, memory of a tag, time to build the model: the engine alone')
    .addOption(methodOption().default(undefined, 'both methods'))
    .option('--json', 'print the figures as JSON')
    .action((options: Options) => run(options));
}

function run({ method, json }: Options): void {
  const methods = method === undefined ? methodNames : [method];
  const progress = new Progress('Measuring', methods.length);
  const floor = measureFloor();
  const figures = methods.map((name, i) => {
    const measured = measure(name);
    progress.show(i + 1);
    return measured;
  });
  progress.end();
  const text =
    json === true ? JSON.stringify({ cellM, floorPerS: Math.round(floor), methods: figures }) : inWords(floor, figures);
  process.stdout.write(`${text}\n`);
}

function measure(method: MethodName): MethodFigures {
  const rules: Partial<Rules> = { method, grid: { ...defaultRules.grid, cellM } };
  const site = benchSite(1, gatewaysOnLevel);
  const rates = measureRates(buildSiteModel(site, null, rules));
  return { method, rates, memory: measureMemory(site, rules), build: measureBuild(rules) };
}

function inWords(floor: number, figures: readonly MethodFigures[]): string {
  return [
    `One core, processor time; a level of 100 × 60 m in cells of ${cellM} m, each tag heard by eight gateways a second.`,
    `bare loop (eight path losses summed)  ${perS(floor)}`,
    ...figures.flatMap(({ method, rates, memory, build }) => [
      '',
      method,
      line(
        'signals to a place',
        perS(rates.fixesPerS),
        `wanted ${perS(wanted[method])}; ${ratio(floor, rates.fixesPerS)}`,
      ),
      line('sightings to a move', perS(rates.movesPerS), ratio(floor, rates.movesPerS)),
      line('a tag at rest, in memory', bytes(memory.heldPerTag), `wanted at most ${bytes(wantedBytesPerTag)}`),
      line('a tag at rest, in the store', bytes(memory.storedPerTag), ''),
      line(
        'allocated for a sighting',
        bytes(memory.allocatedPerSighting),
        `moves that go out: ${bytes(memory.movesPerSighting)}`,
      ),
      line('model of 100 gateways, 4 levels', seconds(build.uncalibratedS), `wanted at most ${seconds(wantedBuildS)}`),
      line('  on a survey of 400 points', seconds(build.calibratedS), `fitted in ${seconds(build.fitS)}`),
    ]),
  ].join('\n');
}

const line = (what: string, value: string, note: string): string =>
  `  ${what.padEnd(34)}${value.padStart(14)}${note === '' ? '' : `   (${note})`}`;
const perS = (rate: number): string => `${Math.round(rate).toLocaleString('en')}/s`;
const ratio = (floor: number, rate: number): string => `1/${(floor / rate).toFixed(0)} of the bare loop`;
const bytes = (count: number): string => `${Math.round(count).toLocaleString('en')} B`;
const seconds = (value: number): string => `${value.toFixed(2)} s`;

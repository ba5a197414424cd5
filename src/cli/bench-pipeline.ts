import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { MethodName } from '../core';
import { loadSite } from '../sites/site-files';
import { type BenchServer, startBenchServer } from './bench/bench-server';
import { measureCopyFloor, measureFloor } from './bench/floor';
import { counted, drained } from './bench/drained';
import { type GrowthRow, growthTable, growthTags, wingsFor } from './bench/growth';
import { measureGrowth, type Running } from './bench/measure-growth';
import { measureSoak } from './bench/measure-soak';
import { sampleLags } from './bench/lags';
import { LevelWatch } from './bench/level-watch';
import { doorDelayBetween } from './bench/door-delay';
import { type Load, sendFor } from './bench/load';
import { costOf, type PhaseResult, report } from './bench/pipeline-report';
import { readCosts } from './bench/process-costs';
import { httpSender, mqttSender, type Sender } from './bench/senders';
import { soakPicture, soakReport } from './bench/soak';
import { Traffic } from './bench/traffic';
import { piecesInWings, writeWings } from './bench/wings';
import { withStops } from './bench/with-stops';
import { methodOption } from './score/method-option';
import { readPieces, scalePieces } from './simulate/pieces';
import { seededRandom } from './simulate/random';
import type { Door, VendorFormatName } from './vendor-formats';

interface Options {
  readonly site: string;
  readonly wings: number;
  readonly tags: number;
  readonly seconds: number;
  readonly warm: number;
  readonly rate?: number;
  readonly phase?: string;
  readonly soak?: number;
  readonly calm: number;
  readonly growth?: boolean;
  readonly method: MethodName;
  readonly profile?: string;
  readonly out?: string;
  readonly json?: boolean;
}

interface Phase {
  readonly door: Door;
  readonly format: VendorFormatName;
  readonly perMessage: number;
  readonly inFlight: number;
}

/** Many gateways at once, each waiting for its own acknowledgement. */
const phases: readonly Phase[] = [
  { door: 'http', format: 'minew-long', perMessage: 25, inFlight: 256 },
  { door: 'mqtt', format: 'minew-long', perMessage: 25, inFlight: 512 },
  { door: 'mqtt', format: 'espresense', perMessage: 1, inFlight: 4_000 },
];
/** Delay is measured at this share of the rate that went through: a full queue only measures itself. */
const calmShare = 0.7;
const [reportFile, growthFile, soakFile] = [
  'docs/performance.md',
  'docs/performance-growth.md',
  'docs/performance-soak.md',
];
const soakPictureFile = 'docs/images/soak.svg';
/** Sightings a second of a long load, when none are said. */
const soakRate = 5_000;

const atLeast = (least: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw new InvalidArgumentError(`needs a whole number from ${least}`);
  return value;
};

/** `bench:pipeline`: real bytes through the real doors to history and sockets. */
export function benchPipelineCommand(): Command {
  return new Command('bench-pipeline')
    .description(
      'How many sightings a second pass from MQTT and HTTP to history and socket, and how late; writes docs/performance.md',
    )
    .option('--site <dir>', 'the site directory', './floorplans/general-hospital')
    .option('--wings <n>', 'copies of the site, side by side: a large hospital', atLeast(1), 23)
    .option('--tags <n>', 'tags that are heard, in all wings', atLeast(1), 15_000)
    .option('--seconds <s>', 'length of each measurement', atLeast(2), 15)
    .option('--warm <s>', 'traffic before each measurement: compilers warm, tags at rest', atLeast(0), 20)
    .option('--rate <n>', 'sightings a second offered at most, in place of as many as go', atLeast(1))
    .option(
      '--soak <minutes>',
      'in place of the measurements: the second door at --rate for so long, with memory',
      atLeast(1),
    )
    .option('--calm <s>', 'length of the measurement of delay, at 70 % of what went through', atLeast(2), 15)
    .option('--growth', 'in place of the measurements: what a sighting costs with 100 to 15,000 tags')
    .option('--phase <words>', 'only the measurements whose door and format have these words, as "mqtt minew-long"')
    .option('--profile <dir>', 'write processor profiles of the service there')
    .addOption(methodOption().default('least-squares'))
    .option('--out <file>', `where the report goes (default: ${reportFile}, ${growthFile} or ${soakFile})`)
    .option('--json', 'print the figures as JSON and write no report')
    .action((options: Options) => benchPipeline(options));
}

async function benchPipeline(options: Options): Promise<void> {
  if (options.growth === true) await growth(options);
  else if (options.soak !== undefined) await withService(options, (bench) => soak(options.soak ?? 1, bench));
  else await withService(options, measureAll);
}

/** Runs the service on copies of the site, browsers included, for as long as `work` takes. */
async function withService(options: Options, work: (bench: Bench) => Promise<void>): Promise<void> {
  const { wings, method } = options;
  const { site } = await loadSite(options.site);
  const pieces = scalePieces(await readPieces(options.site), Math.ceil(options.tags / wings), site, seededRandom(1));
  await withStops(async (stops) => {
    const dir = await mkdtemp(join(tmpdir(), 'whereabouts-wings-'));
    stops.add('site', () => rm(dir, { recursive: true, force: true }));
    await writeWings(options.site, dir, { wings, method, pieces: piecesInWings(pieces, wings) });
    const server = await startBenchServer(dir, stops, options.profile);
    const levels = site.levels.map(({ id }) => id);
    const watch = await LevelWatch.open(server.url, levels);
    await work({ server, site, pieces, watch, options });
    watch.close();
  });
}

interface Bench extends Running {
  readonly watch: LevelWatch;
  readonly options: Options;
}

async function measureAll(bench: Bench): Promise<void> {
  const { options, pieces, site } = bench;
  const results: PhaseResult[] = [];
  for (const phase of phases.filter((one) => isWanted(one, options.phase ?? ''))) {
    results.push(await measure(phase, bench));
  }
  const setting = {
    ...options,
    tags: pieces.length * options.wings,
    gateways: site.gatewayById.size * options.wings,
  };
  const { json = false, out = reportFile } = options;
  await tell(json ? JSON.stringify(results) : report(results, setting), { json, out });
  if (results.some(({ lost }) => lost !== 0)) throw lossError();
}

/** What a sighting costs as tags become more, each as often heard. */
async function growth(options: Options): Promise<void> {
  const rows: GrowthRow[] = [];
  for (const tags of growthTags) {
    await withService({ ...options, tags, wings: wingsFor(tags, options) }, async (bench) => {
      rows.push(await measureGrowth(bench));
    });
  }
  const { json = false, out = growthFile } = options;
  await tell(json ? JSON.stringify(rows) : growthTable(rows), { json, out });
}

const isWanted = ({ door, format }: Phase, words: string): boolean =>
  words.split(' ').every((word) => `${door} ${format}`.includes(word));

async function measure(phase: Phase, bench: Bench): Promise<PhaseResult> {
  const { server, watch, options } = bench;
  const traffic = new Traffic(bench.site, bench.pieces, options.wings, phase);
  const next = () => traffic.next(phase.format, phase.door);
  traffic.prepare(phase.format, phase.door);
  const samples = Array.from({ length: 500 }, () => next().message);
  const floorRate = await measureFloor(server.redisUrl, samples, Math.min(5, options.seconds));
  const sender = await openSender(phase.door, server);
  await warmUp({ next, sender, ...phase }, server, options.warm);
  const before = await counted(server);
  const costsBefore = await readCosts();
  const { inFlight, perMessage } = phase;
  const full = await sendFor({
    next,
    sender,
    inFlight,
    perMessage,
    seconds: options.seconds,
    rate: options.rate ?? Infinity,
  });
  const drainedAfter = await drained(server, before, full.sightings);
  const rate = full.sightings / (full.seconds + drainedAfter);
  const costs = await readCosts();
  watch.take();
  const metricsBefore = await server.metrics();
  const sending = sendFor({ next, sender, inFlight, perMessage, seconds: options.calm, rate: rate * calmShare });
  const lags = await sampleLags(sending, server);
  const calm = await sending;
  const delays = watch.take();
  const fromDoor = doorDelayBetween(metricsBefore, await server.metrics());
  await drained(server, before, full.sightings + calm.sightings);
  const calmCosts = await readCosts();
  await sender.end();
  const after = await counted(server);
  const copyRate = await measureCopyFloor(server.databaseUrl, 1);
  const acknowledged = full.sightings + calm.sightings;
  return {
    ...phase,
    rate,
    cpuS: costOf(costsBefore, costs, full.sightings),
    floorRate: floorRate * phase.perMessage,
    copyRate,
    calmRate: calm.sightings / calm.seconds,
    calmCpuS: costOf(costs, calmCosts, calm.sightings),
    lags,
    fromDoor,
    ...delays,
    acknowledged,
    lost: acknowledged - (after.tracked - before.tracked) - (after.dropped - before.dropped),
    moves: after.moves - before.moves,
    rowsKept: after.rows - before.rows,
    held: [costsBefore, await readCosts()],
  };
}

/** A service just started compiles its code, and tags just heard have fixes in hand: neither lasts. */
async function warmUp(load: Omit<Load, 'seconds' | 'rate'>, server: BenchServer, seconds: number): Promise<void> {
  if (seconds === 0) return;
  const before = await counted(server);
  const { sightings } = await sendFor({ ...load, seconds, rate: Infinity });
  await drained(server, before, sightings);
}

/** Memory must not grow over a long load. */
async function soak(minutes: number, bench: Bench): Promise<void> {
  const { json = false, out = soakFile, rate = soakRate } = bench.options;
  const soaked = await measureSoak(bench, minutes, rate);
  await tell(json ? JSON.stringify(soaked) : soakReport(soaked, relative(dirname(out), soakPictureFile)), {
    json,
    out,
  });
  await writeFile(soakPictureFile, soakPicture(soaked.samples, soaked.rate));
  if (soaked.lost !== 0) throw lossError();
}

/** To the terminal, and where the report goes unless it is for a machine. */
async function tell(text: string, { json, out }: { readonly json: boolean; readonly out: string }): Promise<void> {
  process.stdout.write(`${text}\n`);
  if (!json) await writeFile(out, `${text}\n`);
}

const lossError = (): Error => new Error('Sightings were lost between the doors and history');

const openSender = (door: Door, server: BenchServer): Promise<Sender> | Sender =>
  door === 'http' ? httpSender(server.url, 256) : mqttSender(server.mqttUrl, 8);

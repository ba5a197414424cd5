import { setTimeout as pause } from 'node:timers/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { loadSite } from '../sites/site-files';
import { enrol } from './simulate/enrol';
import { Lines } from './simulate/lines';
import { routerOf } from './simulate/on-foot';
import { readPieces, scalePieces } from './simulate/pieces';
import { Publisher } from './simulate/publisher';
import { seededRandom } from './simulate/random';
import { Simulation, type Step } from './simulate/simulation';
import { survey } from './simulate/survey';

interface Options {
  readonly site: string;
  readonly mqtt: string;
  readonly publish: boolean;
  readonly truth?: string;
  readonly sightings?: string;
  readonly survey?: string;
  readonly surveyPoints: number;
  readonly duration?: number;
  readonly speed: number;
  readonly seed: number;
  readonly beds?: number;
  readonly tags?: number;
  readonly strangers: number;
  readonly enrol?: string;
  readonly json?: boolean;
}

/** A step of simulated time: fine enough for a walking person, ms. */
const stepMs = 200;
/** Truth is written once a second of simulated time. */
const stepsPerTruth = 5;
/** About seven tagged mobile assets stand to one bed. */
const tagsPerBed = 7;
/** Files alone start here, so that the same seed gives the same bytes. */
const fixedStart = Date.UTC(2026, 0, 5, 8);

const number = (least: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isFinite(value) || value < least) throw new InvalidArgumentError(`needs a number of at least ${least}`);
  return value;
};

/** `simulate`: a ward's day on a plan, spoken by its gateways over MQTT. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description('People, pumps and gateways that move and speak as a hospital does, seeded, over MQTT')
    .option('--site <dir>', 'the site directory', './floorplans/general-hospital')
    .option('--mqtt <url>', 'broker to publish to', 'mqtt://127.0.0.1:1883')
    .option('--no-publish', 'publish nothing: only write files, as fast as it goes (needs --duration)')
    .option('--truth <file>', 'write where every tag truly is, once a second (NDJSON)')
    .option('--sightings <file>', 'write every sighting with its true time (NDJSON)')
    .option('--survey <file>', 'write what a surveyor with a tag would (NDJSON) and end')
    .option('--survey-points <n>', 'places the surveyor stands at', number(1), 120)
    .option('--duration <s>', 'stop after so many simulated seconds', number(1))
    .option('--speed <n>', 'simulated seconds a second', number(0.1), 1)
    .option('--seed <n>', 'the same seed gives the same day', number(0), 1)
    .option('--beds <n>', `scale to a hospital of so many beds (${tagsPerBed} tags a bed)`, number(1))
    .addOption(
      new Option('--tags <n>', 'so many tags; default: all in assets.json').argParser(number(1)).conflicts('beds'),
    )
    .option('--strangers <n>', 'phones and badges nobody enrolled', number(0), 10)
    .option('--enrol <url>', 'register made-up tags at a running server, e.g. http://127.0.0.1:3000')
    .option('--json', 'print the summary as JSON')
    .action((options: Options) => simulate(options));
}

async function simulate(options: Options): Promise<void> {
  if (options.survey !== undefined) {
    await writeSurvey(options.site, options.survey, options);
    return;
  }
  if (!options.publish && options.duration === undefined) throw new Error('--no-publish needs --duration');
  const { site } = await loadSite(options.site);
  const listed = await readPieces(options.site);
  const count = options.beds === undefined ? (options.tags ?? listed.length) : options.beds * tagsPerBed;
  const pieces = scalePieces(listed, count, site, seededRandom(options.seed).fork('pieces'));
  if (options.enrol !== undefined) await enrol(options.enrol, pieces.slice(listed.length));
  const simulation = new Simulation({
    site,
    pieces,
    route: routerOf(site),
    seed: options.seed,
    startAt: options.publish ? Date.now() : fixedStart,
    strangers: options.strangers,
  });
  const out = await openOutputs(options);
  const summary = await run(simulation, options, out);
  await Promise.all([out.publisher?.end(), out.truth?.end(), out.sightings?.end()]);
  print(summary, options);
  if (process.connected) process.disconnect();
}

async function writeSurvey(siteDir: string, path: string, { seed, surveyPoints }: Options): Promise<void> {
  const { site } = await loadSite(siteDir);
  const lines = new Lines(path);
  await lines.write(survey(site, seed, surveyPoints));
  await lines.end();
}

interface Outputs {
  readonly publisher: Publisher | null;
  readonly truth: Lines | null;
  readonly sightings: Lines | null;
}

async function openOutputs({ publish, mqtt, truth, sightings }: Options): Promise<Outputs> {
  return {
    publisher: publish ? await Publisher.connect(mqtt) : null,
    truth: truth === undefined ? null : new Lines(truth),
    sightings: sightings === undefined ? null : new Lines(sightings),
  };
}

interface Summary {
  simulatedS: number;
  tags: number;
  sightings: number;
  messages: number;
  leftOut: number;
}

async function run(simulation: Simulation, options: Options, out: Outputs): Promise<Summary> {
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(signal, () => stopped.abort());
  const startedAt = simulation.now;
  const wallStart = performance.now();
  const until = startedAt + (options.duration ?? Infinity) * 1000;
  let sightings = 0;
  for (let step = 1; simulation.now < until && !stopped.signal.aborted; step++) {
    const { sent, heard } = simulation.step(stepMs);
    sightings += heard.length;
    for (const message of sent) out.publisher?.publish(message);
    await out.sightings?.write(heard.map(toLine));
    if (step % stepsPerTruth === 0) await out.truth?.write(simulation.truth());
    if (options.publish) await keepPace(simulation.now - startedAt, wallStart, options.speed, stopped.signal);
  }
  return {
    simulatedS: (simulation.now - startedAt) / 1000,
    tags: simulation.equipment.length,
    sightings,
    messages: out.publisher?.sent ?? 0,
    leftOut: out.publisher?.leftOut ?? 0,
  };
}

const toLine = ({ gatewayId, tagId, rssi, at }: Step['heard'][number]) => ({
  gatewayId,
  tagId,
  rssi,
  heardAt: Math.round(at),
});

/** Waits until the wall clock has caught up with the simulated one; lets the sockets work even when it has not. */
async function keepPace(simulatedMs: number, wallStart: number, speed: number, signal: AbortSignal): Promise<void> {
  const ahead = simulatedMs / speed - (performance.now() - wallStart);
  await pause(Math.max(0, ahead), undefined, { signal }).catch(() => undefined);
}

function print(summary: Summary, { json }: Options): void {
  const text =
    json === true
      ? JSON.stringify(summary)
      : `Simulated ${summary.simulatedS} s of ${summary.tags} tags: ${summary.sightings} sightings, ` +
        `${summary.messages} messages sent, ${summary.leftOut} left out`;
  process.stdout.write(`${text}\n`);
}

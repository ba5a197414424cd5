import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { reasonOf } from '../config/start-error';
import {
  advance,
  type Fix,
  newestFix,
  type Point,
  posteriorOf,
  type Sighting,
  type SiteModel,
  tagId,
  type Track,
} from '../core';
import { drawStrip, type Frame } from './report/film-strip';
import { levelsOf, loadModel } from './score/load-model';
import { BadInputError, readSightings, readTruth, type Truth } from './score/read-ndjson';

interface Options {
  readonly site: string;
  readonly survey?: string;
  readonly sightings: string;
  readonly truth: string;
  readonly tag?: string;
  readonly frames: number;
  readonly out: string;
}

const framesOf = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 24)
    throw new InvalidArgumentError('needs a number from 1 to 24');
  return value;
};

/** `film-strip`: pictures of one walk, made by the engine itself. */
export function filmStripCommand(): Command {
  return new Command('film-strip')
    .description('Draw one walk as the grid filter sees it: belief, fix and truth at a few instants (SVG)')
    .requiredOption('--site <dir>', 'the site directory')
    .option('--survey <file>', 'calibrate on this survey first; default: the calibration kept for the site')
    .requiredOption('--sightings <file>', 'sightings (NDJSON)')
    .requiredOption('--truth <file>', 'truth with coordinates (NDJSON)')
    .option('--tag <id>', 'the tag to follow; default: the one that goes farthest')
    .option('--frames <n>', 'pictures', framesOf, 6)
    .requiredOption('--out <file>', 'where to write the SVG')
    .action((options: Options) => run(options));
}

async function run(options: Options): Promise<void> {
  const { site, model } = await loadModel(options.site, options.survey, { method: 'bayes-grid' });
  const truths = (await readTruth(options.truth, levelsOf(site))).filter(({ x }) => x !== undefined);
  if (truths.length === 0) throw new BadInputError(`${options.truth} says no coordinates: a picture needs them.`);
  const tag = options.tag === undefined ? farthestTag(truths) : tagId(options.tag);
  const own = truths.filter((truth) => truth.tagId === tag);
  const sightings = (await readSightings(options.sightings)).filter((sighting) => sighting.tagId === tag);
  const frames = film(sightings, own, model, options.frames);
  if (frames.length === 0) throw new BadInputError(`Nothing was located of tag ${tag} on one level of its truth.`);
  await writeFile(options.out, drawStrip(frames)).catch((error: unknown) => {
    throw new BadInputError(`Cannot write ${options.out}: ${reasonOf(error)}.`);
  });
  process.stdout.write(`${frames.length} pictures of tag ${tag} in ${options.out}\n`);
}

function farthestTag(truths: readonly Truth[]): string {
  const lengths = new Map<string, number>();
  const last = new Map<string, Truth>();
  for (const truth of truths) {
    const before = last.get(truth.tagId);
    last.set(truth.tagId, truth);
    if (before?.levelId !== truth.levelId) continue;
    const step = Math.hypot((truth.x ?? 0) - (before.x ?? 0), (truth.y ?? 0) - (before.y ?? 0));
    lengths.set(truth.tagId, (lengths.get(truth.tagId) ?? 0) + step);
  }
  return [...lengths].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}

/** Runs the engine over the walk and stops for a picture at instants spread evenly over the tag's way on its first level. */
function film(sightings: readonly Sighting[], truths: readonly Truth[], model: SiteModel, count: number): Frame[] {
  const moving = truths.filter((truth, i) => truth.levelId === truths[0]?.levelId && isMove(truth, truths[i - 1]));
  const startAt = moving[0]?.at ?? 0;
  const due = Array.from(
    { length: count },
    (_, i) => moving[Math.floor(((i + 1) * (moving.length - 1)) / count)]?.at ?? 0,
  );
  const frames: Frame[] = [];
  const fixes: Fix[] = [];
  let track: Track | null = null;
  for (const sighting of sightings) {
    while (track !== null && sighting.heardAt > (due[frames.length] ?? Infinity)) {
      const frame = frameAt(due[frames.length] ?? 0, { track, fixes, truths, startAt }, model);
      if (frame === null) return frames;
      frames.push(frame);
    }
    const step = advance(track, [sighting], sighting.heardAt, model);
    track = step.track;
    for (const { fix } of step.moves) fixes.push(fix);
  }
  return frames;
}

interface Followed {
  readonly track: Track;
  readonly fixes: readonly Fix[];
  readonly truths: readonly Truth[];
  readonly startAt: number;
}

function frameAt(at: number, { track, fixes, truths, startAt }: Followed, model: SiteModel): Frame | null {
  const fix = newestFix(track);
  const level = fix === null ? undefined : model.site.levelById.get(fix.levelId);
  if (fix === null || level === undefined) return null;
  const shown = (row: { readonly at: number }): boolean => row.at >= startAt && row.at <= at;
  return {
    atS: (at - startAt) / 1000,
    level,
    posterior: posteriorOf(track, model),
    fix,
    fixes: fixes.filter(shown).map(({ x, y }): Point => [x, y]),
    truths: truths.filter(shown).map(({ x = 0, y = 0 }): Point => [x, y]),
  };
}

const isMove = (truth: Truth, before: Truth | undefined): boolean =>
  before === undefined || truth.x !== before.x || truth.y !== before.y;

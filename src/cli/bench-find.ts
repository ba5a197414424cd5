import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { kindById, kinds } from '../assets/kinds';
import { SiteModelSource } from '../sites/site-model-source';
import { timeBuild, timeFinder } from './bench/find-function';
import { askedPerS, timeHttp } from './bench/find-http';
import { findReport } from './bench/find-report';
import type { Timing } from './bench/percentiles';
import { type ScatteredAsset, scatterAssets } from './bench/scattered-assets';
import { readPieces } from './simulate/pieces';
import { seededRandom } from './simulate/random';

interface Options {
  readonly site: string;
  readonly assets: number;
  readonly questions: number;
  readonly kind: string;
  readonly json?: boolean;
  readonly report?: string;
}

const count = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('needs a whole number from 1');
  return value;
};

const knownKind = (text: string): string => {
  if (kindById.has(text)) return text;
  throw new InvalidArgumentError(`unknown kind; known: ${kinds.map(({ id }) => id).join(', ')}`);
};

/** `bench:find`: how long the nearest free one takes to find. */
export function benchFindCommand(): Command {
  return new Command('bench-find')
    .description('How long it takes to find the nearest free one: the finder itself, and the service over HTTP')
    .option('--site <dir>', 'the site directory', './floorplans/general-hospital')
    .option('--assets <n>', 'assets spread over the site, kinds as its assets.json has them', count, 15_000)
    .option('--questions <n>', 'questions asked, each from a point of its own', count, 500)
    .option('--kind <id>', 'the kind asked for', knownKind, 'infusion-pump')
    .option('--json', 'print the figures as JSON')
    .option('--report <file>', 'write the figures there, as docs/performance-find.md has them')
    .action((options: Options) => benchFind(options));
}

async function benchFind({ site: siteDir, assets, questions, kind, json, report }: Options): Promise<void> {
  const source = await SiteModelSource.load({ siteDir, dataDir: tmpdir() });
  const pieces = await readPieces(siteDir);
  const known = pieces.length > 0 ? pieces.map((piece) => piece.kind) : kinds.map(({ id }) => id);
  const scattered = scatterAssets(source.site, known, assets, Date.now());
  const origins = originsIn(scattered, questions);
  const ofKind = scattered.filter(({ asset }) => asset.kind === kind).length;
  const build = timeBuild(source.site, 1_000);
  const finder = timeFinder(source, scattered, kind, origins);
  const http = await timeHttp(siteDir, scattered, kind, origins);
  if (report !== undefined) {
    await writeFile(report, findReport({ assets, ofKind, kind, questions, build, finder, http }));
  }
  if (json === true) {
    process.stdout.write(`${JSON.stringify({ assets, ofKind, build, finder, http })}\n`);
    return;
  }
  process.stdout.write(
    [
      `nearest free ${kind} of ${ofKind} among ${assets} assets in ${source.site.name}, from ${questions} points`,
      `  the finder itself   ${inWords(finder)}`,
      `  over HTTP, ${askedPerS}/s     ${inWords(http.service)}`,
      `  a bare server      ${inWords(http.bare)}`,
      `walking graph of ${build.units} units built in ${build.ms} ms, walking times between all of them in ${build.allMs} ms`,
      '',
    ].join('\n'),
  );
}

const inWords = ({ p50Ms, p99Ms, maxMs }: Timing): string =>
  `p50 ${p50Ms.toFixed(2)} ms   p99 ${p99Ms.toFixed(2)} ms   longest ${maxMs.toFixed(2)} ms`;

/** Points all over the rooms, seeded. */
function originsIn(scattered: readonly ScatteredAsset[], questions: number): string[] {
  const random = seededRandom(2);
  return Array.from({ length: questions }, () => {
    const { levelId, x, y } = random.pick(scattered).move.fix;
    return `${levelId},${x.toFixed(2)},${y.toFixed(2)}`;
  });
}

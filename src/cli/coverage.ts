import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { reasonOf } from '../config/start-error';
import { type Coverage, foreseeCoverage, type SectionId, type Site } from '../core';
import { coverageGeoJson } from './report/coverage-geojson';
import { groupBy } from './score/group-by';
import { loadModel } from './score/load-model';
import { BadInputError } from './score/read-ndjson';

interface Options {
  readonly site: string;
  readonly survey?: string;
  readonly cell: number;
  readonly out?: string;
  readonly json?: boolean;
}

const cellOf = (text: string): number => {
  const value = Number(text);
  if (!(value >= 0.25 && value <= 10)) throw new InvalidArgumentError('needs metres from 0.25 to 10');
  return value;
};

/** `coverage`: what the radio model promises of a plan, before any tag is there. */
export function coverageCommand(): Command {
  return new Command('coverage')
    .description('Expected error and room certainty of every place, and which rooms depend on one gateway')
    .requiredOption('--site <dir>', 'the site directory')
    .option('--survey <file>', 'calibrate on this survey first; default: the calibration kept for the site')
    .option('--cell <metres>', 'side of a cell', cellOf, 1)
    .option('--out <file>', 'write cells and rooms as GeoJSON in metres of the level')
    .option('--json', 'print rooms and losses as JSON')
    .action((options: Options) => run(options));
}

async function run({ site: dir, survey, cell, out, json }: Options): Promise<void> {
  const { site, model, radio } = await loadModel(dir, survey);
  const coverage = foreseeCoverage(model, cell);
  if (out !== undefined) {
    await writeFile(out, JSON.stringify(coverageGeoJson(coverage, site))).catch((error: unknown) => {
      throw new BadInputError(`Cannot write ${out}: ${reasonOf(error)}.`);
    });
  }
  const { rooms, losses } = coverage;
  process.stdout.write(
    json === true
      ? `${JSON.stringify({ site: site.id, radio, cellM: cell, rooms, losses })}\n`
      : inWords(coverage, site, radio),
  );
}

const shownLosses = 15;

function inWords({ rooms, losses }: Coverage, site: Site, radio: string): string {
  const sections = [...groupBy(rooms, ({ sectionId }) => sectionId)].map(([sectionId, own]) => {
    const sure = own.filter(({ roomCertainty }) => roomCertainty >= 0.5).length;
    const radius = own.reduce((sum, { radius90 }) => sum + radius90, 0) / own.length;
    const certainty = own.reduce((sum, { roomCertainty }) => sum + roomCertainty, 0) / own.length;
    return (
      `  ${nameOf(sectionId, site).padEnd(26)}${radius.toFixed(1).padStart(6)} m` +
      `${(100 * certainty).toFixed(0).padStart(6)} %${String(sure).padStart(8)} of ${own.length}`
    );
  });
  return [
    `${site.name}, ${radio}`,
    `  ${'section'.padEnd(26)}${'radius90'.padStart(8)}${'room'.padStart(8)}${'likelier than not'.padStart(20)}`,
    ...sections,
    '',
    losses.length === 0
      ? 'No room loses its certainty with any one gateway.'
      : `Rooms that lose their certainty with one gateway: ${losses.length}${losses.length > shownLosses ? `, the heaviest ${shownLosses}` : ''}`,
    ...losses.slice(0, shownLosses).map(({ unitId, gatewayId, before, after }) => {
      const unit = site.unitById.get(unitId);
      const name = `${unit?.number ?? ''} ${unit?.name.en ?? unitId}`.trim();
      return `  ${name.padEnd(34)}${percent(before)} → ${percent(after)}   without ${gatewayId}`;
    }),
    '',
  ].join('\n');
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

function nameOf(id: SectionId | null, site: Site): string {
  if (id === null) return 'no section';
  const section = site.sectionById.get(id);
  return section?.short ?? section?.name.en ?? id;
}

import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { reasonOf } from '../config/start-error';
import type { Fix } from '../core';
import { loadModel } from './score/load-model';
import { locateAll } from './score/locate-all';
import { Progress } from './score/progress';
import { BadInputError, readSightings } from './score/read-ndjson';

interface Options {
  readonly site: string;
  readonly survey?: string;
  readonly sightings: string;
  readonly fixes: string;
  readonly json?: boolean;
}

/** `locate`: the engine alone, sightings in, fixes out. */
export function locateCommand(): Command {
  return new Command('locate')
    .description('The engine alone, no services: sightings in, fixes out; the same input gives the same bytes')
    .requiredOption('--site <dir>', 'the site directory')
    .option('--survey <file>', 'calibrate on this survey first; default: the calibration kept for the site')
    .requiredOption('--sightings <file>', 'sightings (NDJSON)')
    .requiredOption('--fixes <file>', 'where to write the fixes (NDJSON)')
    .option('--json', 'print the summary as JSON')
    .action((options: Options) => run(options));
}

async function run({ site, survey, sightings: path, fixes: out, json }: Options): Promise<void> {
  const loaded = await loadModel(site, survey);
  const { model, radio } = loaded;
  const sightings = await readSightings(path);
  const progress = new Progress('Locating', sightings.length);
  const { fixes, dropped } = locateAll(sightings, model, progress.show);
  progress.end();
  if (dropped['unknown-gateway'] === sightings.length) {
    throw new BadInputError(`No sighting of ${path} is of a gateway of ${loaded.site.id}.`);
  }
  await writeFile(out, fixes.map(toLine).join('')).catch((error: unknown) => {
    throw new BadInputError(`Cannot write ${out}: ${reasonOf(error)}.`);
  });
  const summary = { sightings: sightings.length, fixes: fixes.length, dropped, radio };
  const drops = Object.entries(dropped).map(([reason, count]) => `${count} ${reason}`);
  process.stdout.write(
    json === true
      ? `${JSON.stringify(summary)}\n`
      : `${fixes.length} fixes from ${sightings.length} sightings (${radio})` +
          `${drops.length === 0 ? '' : `; dropped: ${drops.join(', ')}`}\n`,
  );
}

/** A fix as the fixes file has it. */
function toLine({ tagId, at, levelId, x, y, radius50, radius90, zoneId, zoneProbability, zones }: Fix): string {
  return `${JSON.stringify({ tagId, at, levelId, x, y, radius50, radius90, zoneId, zoneProbability, zones })}\n`;
}

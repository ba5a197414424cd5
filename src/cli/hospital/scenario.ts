import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BadInputError } from '../score/read-ndjson';

const count = z.number().int().min(0);

const scenarioSchema = z.strictObject({
  about: z.string().min(1),
  /** Site directory, from the project's own. */
  site: z.string().min(1),
  /** Gateways hung anew on a lattice of this step, metres; missing: as the site has them. */
  gatewaysApartM: z.number().min(2).optional(),
  seed: count,
  /** Pieces of equipment, all kinds of the site's assets alike, and tags that people carry. */
  tags: count,
  carried: count.default(0),
  minutes: z.number().min(1),
  /** Equipment is taken on so many times sooner than on a usual day: more walks in less time. */
  hurry: z.number().min(1).default(1),
  /** Places a surveyor stands at beforehand; 0: the radio model is the default one. */
  surveyPoints: count.default(0),
  /** One place in each room in their stead, and one every 5 m of corridors and halls. */
  surveyEachRoom: z.boolean().default(false),
  /** Gateways that die one after another in the run, share of all. */
  failingShare: z.number().min(0).max(1).default(0),
  /** So many of the most needed gateways are spoilt, one at a time, each in a run of its own. */
  spoilEach: count.default(0),
});

/** One day of a simulated hospital and what goes wrong in it. */
export interface Scenario extends z.output<typeof scenarioSchema> {
  readonly name: string;
}

/** The scenarios of a directory, by name. @throws BadInputError naming the file and what is wrong with it */
export async function readScenarios(dir: string): Promise<Scenario[]> {
  const files = (await readdir(dir).catch((): string[] => [])).filter((file) => file.endsWith('.json')).sort();
  if (files.length === 0) throw new BadInputError(`There are no scenarios (*.json) in ${dir}.`);
  return Promise.all(files.map((file) => readScenario(join(dir, file), file.slice(0, -'.json'.length))));
}

async function readScenario(path: string, name: string): Promise<Scenario> {
  const text = await readFile(path, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new BadInputError(`${path}: not JSON.`);
  }
  const parsed = scenarioSchema.safeParse(json);
  if (!parsed.success) throw new BadInputError(`${path}: ${z.prettifyError(parsed.error)}`);
  return { name, ...parsed.data };
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { levelId, type Sighting, type Site, type SurveyPoint, tagId } from '../../core';
import { loadSite } from '../../sites/site-files';
import { seededRandom } from '../simulate/random';
import { levelsOf } from './load-model';
import type { Case, Protocol } from './protocol';
import { BadInputError, readSightings, readSurvey, readTruth, type Truth } from './read-ndjson';

/** Sizes of surveys a site is tried with, points drawn at random, and how many draws are averaged. */
const sizes = [12, 6];
const draws = 10;
const drawSeed = 20;

/**
 * Every site directory below `dir`. A site with recordings is scored on its whole survey, on small random parts of it and
 * on none; one with a survey alone on stretches of time left out of it.
 */
export async function readProtocols(dir: string): Promise<Protocol[]> {
  const names = await readdir(dir).catch(() => {
    throw new BadInputError(`There is no directory of measurements at ${dir}: name one with --data.`);
  });
  const protocols: Protocol[] = [];
  for (const name of names.sort()) {
    const files = await readdir(join(dir, name)).catch((): string[] => []);
    if (files.includes('site.json')) protocols.push(...(await readSite(join(dir, name), name, files)));
  }
  if (protocols.length === 0) throw new BadInputError(`No folder of ${dir} holds a site.json.`);
  return protocols;
}

const sightingsFile = /^(.+)\.sightings\.ndjson$/;

async function readSite(dir: string, name: string, files: readonly string[]): Promise<Protocol[]> {
  const { site } = await loadSite(dir);
  const survey = files.includes('survey.ndjson') ? await readSurvey(join(dir, 'survey.ndjson'), levelsOf(site)) : null;
  const walks: Case[] = [];
  for (const walk of files.flatMap((file) => sightingsFile.exec(file)?.[1] ?? []).sort()) {
    walks.push({
      site,
      survey: null,
      sightings: await readSightings(join(dir, `${walk}.sightings.ndjson`)),
      truths: await readTruth(join(dir, `${walk}.truth.ndjson`), levelsOf(site)),
    });
  }
  if (walks.length > 0) return [...surveyed(name, walks, survey), { site: name, survey: 'none', cases: walks }];
  const blocks = survey === null ? [] : leaveOut(site, survey);
  const blind = blocks.map((block) => ({ ...block, survey: null }));
  return [
    { site: name, survey: 'the other blocks of time', cases: blocks },
    { site: name, survey: 'none', cases: blind },
  ];
}

function surveyed(site: string, walks: readonly Case[], survey: readonly SurveyPoint[] | null): Protocol[] {
  if (survey === null) return [];
  const spots = [...new Set(survey.map(({ pointId }) => pointId))];
  const withSurvey = (own: readonly SurveyPoint[]): Case[] => walks.map((walk) => ({ ...walk, survey: own }));
  return [
    { site, survey: `all ${spots.length} points`, cases: withSurvey(survey) },
    ...sizes.map((size) => ({
      site,
      survey: `${size} points, ${draws} draws`,
      cases: Array.from({ length: draws }, (_, draw) => withSurvey(drawPoints(survey, spots, size, draw))).flat(),
    })),
  ];
}

/** The rows of `size` points drawn at random; the same draw is the same points on every run. */
export function drawPoints(
  survey: readonly SurveyPoint[],
  spots: readonly string[],
  size: number,
  draw: number,
): SurveyPoint[] {
  const random = seededRandom(drawSeed).fork(`${size} points, draw ${draw}`);
  const shuffled = spots.map((spot) => ({ spot, place: random.uniform() })).sort((a, b) => a.place - b.place);
  const drawn = new Set(shuffled.slice(0, size).map(({ spot }) => spot));
  return survey.filter(({ pointId }) => drawn.has(pointId));
}

const blockCount = 6;
/** Survey rows carry no time; they are played at this pace, slow enough for a robot. */
const rowMs = 400;
const blockStart = 1_700_000_000_000;
/** Rows at the start of a block that only fill the window. */
const leadIn = 5;

/** Cuts a survey taken in order of time into blocks; each is tested on a calibration from all the others. */
function leaveOut(site: Site, survey: readonly SurveyPoint[]): Case[] {
  const length = Math.floor(survey.length / blockCount);
  const tag = tagId('survey');
  return Array.from({ length: blockCount }, (_, k): Case => {
    const block = survey.slice(k * length, (k + 1) * length);
    const sightings = block.flatMap((point, i) =>
      point.heard.map(({ gatewayId, rssi }): Sighting => {
        const heardAt = blockStart + i * rowMs;
        return { tagId: tag, gatewayId, rssi, heardAt, receivedAt: heardAt };
      }),
    );
    const truths = block.slice(leadIn).map((point, i): Truth => {
      const at = blockStart + (i + leadIn) * rowMs;
      return { tagId: tag, at, levelId: levelId(point.levelId), x: point.x, y: point.y };
    });
    return { site, survey: [...survey.slice(0, k * length), ...survey.slice((k + 1) * length)], sightings, truths };
  });
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sighting, Site, SurveyPoint, TagId } from '../../core';
import { levelId } from '../../core';
import { loadSite } from '../../sites/site-files';
import { levelsOf } from './load-model';
import { BadInputError, readSightings, readSurvey, readTruth, type Truth } from './read-ndjson';

/** One run of the engine to be scored. */
export interface Case {
  readonly name: string;
  readonly site: Site;
  /** Null: the default radio model. */
  readonly survey: readonly SurveyPoint[] | null;
  readonly sightings: readonly Sighting[];
  readonly truths: readonly Truth[];
}

/** Cases that are reported in one row. */
export interface CaseGroup {
  readonly name: string;
  readonly about: string;
  readonly cases: readonly Case[];
}

/** Every site directory below `dir`, with its walks; a site with a survey alone is tested on stretches left out of it. */
export async function readCases(dir: string): Promise<CaseGroup[]> {
  const names = await readdir(dir).catch(() => {
    throw new BadInputError(`There is no directory of measurements at ${dir}: name one with --data.`);
  });
  const groups: CaseGroup[] = [];
  for (const name of names.sort()) {
    const files = await readdir(join(dir, name)).catch((): string[] => []);
    if (files.includes('site.json')) groups.push(await readSite(join(dir, name), name, files));
  }
  if (groups.length === 0) throw new BadInputError(`No folder of ${dir} holds a site.json.`);
  return groups;
}

const sightingsFile = /^(.+)\.sightings\.ndjson$/;

async function readSite(dir: string, name: string, files: readonly string[]): Promise<CaseGroup> {
  const { site } = await loadSite(dir);
  const survey = files.includes('survey.ndjson') ? await readSurvey(join(dir, 'survey.ndjson'), levelsOf(site)) : null;
  const walks = files.flatMap((file) => sightingsFile.exec(file)?.[1] ?? []).sort();
  const cases: Case[] = [];
  for (const walk of walks) {
    cases.push({
      name: walk,
      site,
      survey,
      sightings: await readSightings(join(dir, `${walk}.sightings.ndjson`)),
      truths: await readTruth(join(dir, `${walk}.truth.ndjson`), levelsOf(site)),
    });
  }
  if (cases.length > 0) return { name, about: `${cases.length} recordings`, cases };
  const stretches = survey === null ? [] : leaveOut(site, survey);
  return { name, about: `${stretches.length} stretches left out of its survey`, cases: stretches };
}

const stretchCount = 6;
/** Survey rows carry no time; they are played at this pace, slow enough for a robot. */
const rowMs = 400;
const stretchStart = 1_700_000_000_000;
/** Rows at the start of a stretch that only fill the window. */
const leadIn = 5;

/** Cuts a survey taken in order of time into stretches; each is tested on a calibration from all the others. */
function leaveOut(site: Site, survey: readonly SurveyPoint[]): Case[] {
  const length = Math.floor(survey.length / stretchCount);
  return Array.from({ length: stretchCount }, (_, k): Case => {
    const stretch = survey.slice(k * length, (k + 1) * length);
    const tag = 'survey' as TagId;
    const sightings = stretch.flatMap((point, i) =>
      point.heard.map(({ gatewayId, rssi }): Sighting => {
        const heardAt = stretchStart + i * rowMs;
        return { tagId: tag, gatewayId, rssi, heardAt, receivedAt: heardAt };
      }),
    );
    const truths = stretch.slice(leadIn).map((point, i): Truth => {
      const at = stretchStart + (i + leadIn) * rowMs;
      return { tagId: tag, at, levelId: levelId(point.levelId), x: point.x, y: point.y };
    });
    const rest = [...survey.slice(0, k * length), ...survey.slice((k + 1) * length)];
    return { name: `stretch ${k + 1}`, site, survey: rest, sightings, truths };
  });
}

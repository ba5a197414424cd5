import {
  buildSiteModel,
  fitCalibration,
  type Fix,
  type MethodName,
  type Rules,
  type Sighting,
  type Site,
  type SiteModel,
  type SurveyPoint,
  tagId,
} from '../../core';
import { judge, type Verdict } from './judge';
import { type Entry, locateAll } from './locate-all';
import type { Truth } from './read-ndjson';
import { type Score, score } from './score';

/** One run of the engine to be scored. */
export interface Case {
  readonly site: Site;
  /** Null: the default radio model. */
  readonly survey: readonly SurveyPoint[] | null;
  readonly sightings: readonly Sighting[];
  readonly truths: readonly Truth[];
}

/** Cases that are scored together: one row of the report. */
export interface Protocol {
  readonly site: string;
  /** What the radio model was fitted to, in words. */
  readonly survey: string;
  readonly cases: readonly Case[];
}

/** What came of a protocol. Each case's tags are tags of their own. */
export interface Outcome {
  readonly protocol: Protocol;
  readonly method: MethodName;
  readonly score: Score;
  readonly verdicts: readonly Verdict[];
  readonly entries: readonly Entry[];
}

/** Runs every case of a protocol by one method. */
export function runProtocol(protocol: Protocol, method: MethodName): Outcome {
  const modelOf = modelsBySurvey({ method });
  const verdicts: Verdict[] = [];
  const fixes: Fix[] = [];
  const entries: Entry[] = [];
  for (const [i, { site, survey, sightings, truths }] of protocol.cases.entries()) {
    const located = locateAll(sightings, modelOf(site, survey));
    // The same tag walks in several cases: each walk is a tag of its own for counting changes.
    const own = <T extends { readonly tagId: string }>(row: T) => ({ ...row, tagId: tagId(`${row.tagId}/${i}`) });
    for (const verdict of judge(located.fixes, truths, site)) verdicts.push(own(verdict));
    for (const fix of located.fixes) fixes.push(own(fix));
    for (const entry of located.entries) entries.push(own(entry));
  }
  const [first] = protocol.cases;
  if (first === undefined) throw new RangeError('Unexpected protocol without cases');
  return { protocol, method, verdicts, entries, score: score(verdicts, fixes, first.site) };
}

/** Models, each fitted and built once. */
export function modelsBySurvey(rules: Partial<Rules>): (site: Site, survey: Case['survey']) => SiteModel {
  const built = new Map<Case['survey'], SiteModel>();
  return (site, survey) => {
    const known = built.get(survey);
    if (known?.site === site) return known;
    const model = buildSiteModel(site, survey === null ? null : fitCalibration(site, survey, 0).calibration, rules);
    built.set(survey, model);
    return model;
  };
}

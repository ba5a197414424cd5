import { buildSiteModel, defaultRules, type Fix, fitCalibration, type Rules, tagId } from '../../core';
import type { Case, CaseGroup } from './cases';
import { judge, type Verdict } from './judge';
import { locateAll } from './locate-all';
import { type Score, score } from './score';

export interface GroupScore {
  readonly name: string;
  readonly about: string;
  /** On its survey; null when it has none. */
  readonly calibrated: Score | null;
  /** With the default radio model. */
  readonly uncalibrated: Score;
}

/** Runs a group's cases with and without its survey; instants of all its cases are scored together. */
export function runGroup({ name, about, cases }: CaseGroup, rules: Partial<Rules> = {}): GroupScore {
  const isSurveyed = cases.some(({ survey }) => survey !== null);
  return {
    name,
    about: `${about}; followed by ${rules.method ?? cases[0]?.site.method ?? defaultRules.method}`,
    calibrated: isSurveyed ? runCases(cases, true, rules) : null,
    uncalibrated: runCases(cases, false, rules),
  };
}

function runCases(cases: readonly Case[], isCalibrated: boolean, rules: Partial<Rules>): Score {
  const verdicts: Verdict[] = [];
  const fixes: Fix[] = [];
  for (const [i, { site, survey, sightings, truths }] of cases.entries()) {
    const calibration = isCalibrated && survey !== null ? fitCalibration(site, survey, 0).calibration : null;
    const located = locateAll(sightings, buildSiteModel(site, calibration, rules));
    // The same tag walks in several cases: each walk is a tag of its own for counting changes.
    for (const verdict of judge(located.fixes, truths, site)) {
      verdicts.push({ ...verdict, tagId: `${verdict.tagId}/${i}` });
    }
    for (const fix of located.fixes) fixes.push(asOwnTag(fix, i));
  }
  const [first] = cases;
  if (first === undefined) throw new RangeError('Unexpected group without cases');
  return score(verdicts, fixes, first.site);
}

const asOwnTag = (fix: Fix, walk: number): Fix => ({ ...fix, tagId: tagId(`${fix.tagId}/${walk}`) });

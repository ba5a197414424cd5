import { buildSiteModel, fitCalibration, type Rules } from '../../../core';
import { benchSite } from './bench-site';
import { makeSurvey } from './bench-survey';
import { cpuSeconds, leastOf } from './cpu-time';

export interface BuildTimes {
  /** Processor seconds to build the model of 100 gateways and 4 levels: by default, and on a survey of 400 points. */
  readonly uncalibratedS: number;
  readonly calibratedS: number;
  /** And to fit that survey. */
  readonly fitS: number;
}

const levels = 4;
/** Shadowing of the survey, dB: something for a residual map to find. */
const shadowDb = 4;

export function measureBuild(rules: Partial<Rules>): BuildTimes {
  const site = benchSite(levels, 25);
  const survey = makeSurvey(site, shadowDb);
  const { calibration } = fitCalibration(site, survey, 0);
  return {
    uncalibratedS: leastOf(2, () => cpuSeconds(() => buildSiteModel(site, null, rules))),
    calibratedS: leastOf(2, () => cpuSeconds(() => buildSiteModel(site, calibration, rules))),
    fitS: cpuSeconds(() => fitCalibration(site, survey, 0)),
  };
}

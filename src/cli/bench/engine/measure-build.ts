import { buildSiteModel, fitCalibration, type Rules, type SurveyPoint } from '../../../core';
import { seededRandom } from '../../simulate/random';
import { benchSite } from './bench-site';
import { cpuSeconds, leastOf } from './cpu-time';

export interface BuildTimes {
  /** Processor seconds to build the model of 100 gateways and 4 levels: by default, and on a survey of 400 points. */
  readonly uncalibratedS: number;
  readonly calibratedS: number;
  /** And to fit that survey. */
  readonly fitS: number;
}

const levels = 4;
const pointsPerLevel = 100;
/** A tag is not heard farther than this, metres. */
const reachM = 45;

export function measureBuild(rules: Partial<Rules>): BuildTimes {
  const site = benchSite(levels, 25);
  const survey = makeSurvey(site);
  const { calibration } = fitCalibration(site, survey, 0);
  return {
    uncalibratedS: leastOf(2, () => cpuSeconds(() => buildSiteModel(site, null, rules))),
    calibratedS: leastOf(2, () => cpuSeconds(() => buildSiteModel(site, calibration, rules))),
    fitS: cpuSeconds(() => fitCalibration(site, survey, 0)),
  };
}

function makeSurvey(site: ReturnType<typeof benchSite>): SurveyPoint[] {
  const random = seededRandom(3);
  return site.levels.flatMap((level) =>
    Array.from({ length: pointsPerLevel }, (_, i): SurveyPoint => {
      const [x, y] = [random.between(1, 99), random.between(1, 59)];
      const heard = level.gateways.flatMap((gateway) => {
        const distance = Math.max(1, Math.hypot(gateway.x - x, gateway.y - y, 1.6));
        // Shadowing that changes over metres: something for a residual map to find.
        const shadow = 4 * Math.sin(x / 3 + gateway.x) * Math.cos(y / 3 + gateway.y);
        const rssi = -60 - 25 * Math.log10(distance) + shadow + random.normal(0, 1);
        return distance > reachM ? [] : [{ gatewayId: gateway.id, rssi, count: 20 }];
      });
      return { pointId: `${level.id}-${i}`, levelId: level.id, x, y, heard };
    }),
  );
}

import type { SurveyPoint } from '../calibration';
import type { Bounds, Site } from '../site';

export interface CheckedSurvey {
  readonly usable: readonly SurveyPoint[];
  /** What is wrong with the survey, one sentence each. */
  readonly warnings: readonly string[];
}

/** A point may lie so far outside the plan (a wall's thickness, a balcony) before it is not believed, metres. */
const outsideM = 2;
/** Points of one spot that differ by more than this are not of one place, or not of one time. */
const spotM = 0.5;
const contradictionDb = 25;
const mostNamed = 5;

/** Leaves out points no person can have stood at, and names points that contradict each other. */
export function checkSurvey(site: Site, survey: readonly SurveyPoint[]): CheckedSurvey {
  const bounds = new Map<string, Bounds>(site.levels.map((level) => [level.id, level.bounds]));
  const usable = survey.filter((point) => isOnPlan(point, bounds.get(point.levelId)));
  const left = survey.filter((point) => !usable.includes(point));
  const warnings: string[] = [];
  if (left.length > 0) {
    const names = left.slice(0, mostNamed).map(({ pointId, x, y }) => `${pointId} at ${x}, ${y}`);
    const more = left.length > mostNamed ? ` and ${left.length - mostNamed} more` : '';
    warnings.push(`Outside the plan and left out: ${names.join('; ')}${more}.`);
  }
  for (const [a, b, db] of contradictions(usable).slice(0, mostNamed)) {
    warnings.push(
      `Points ${a.pointId} and ${b.pointId} lie at one spot but differ by ${db.toFixed(0)} dB on average: one is wrong.`,
    );
  }
  if (usable.length === 1) warnings.push('One point sets the level of the site and nothing else: survey a dozen.');
  return { usable, warnings };
}

const isOnPlan = ({ x, y }: SurveyPoint, bounds: Bounds | undefined): boolean =>
  bounds !== undefined &&
  x >= bounds.minX - outsideM &&
  x <= bounds.maxX + outsideM &&
  y >= bounds.minY - outsideM &&
  y <= bounds.maxY + outsideM;

function contradictions(points: readonly SurveyPoint[]): (readonly [SurveyPoint, SurveyPoint, number])[] {
  const bySpot = new Map<string, SurveyPoint>();
  const found: (readonly [SurveyPoint, SurveyPoint, number])[] = [];
  for (const point of points) {
    const key = `${point.levelId} ${Math.round(point.x / spotM)} ${Math.round(point.y / spotM)}`;
    const other = bySpot.get(key);
    bySpot.set(key, point);
    if (other === undefined || other.transmitter?.id !== point.transmitter?.id) continue;
    const db = differenceDb(other, point);
    if (db >= contradictionDb) found.push([other, point, db]);
  }
  return found;
}

/** Mean absolute difference over the gateways both heard, dB. */
function differenceDb(a: SurveyPoint, b: SurveyPoint): number {
  const known = new Map(a.heard.map(({ gatewayId, rssi }) => [gatewayId, rssi]));
  const differences = b.heard.flatMap(({ gatewayId, rssi }) => {
    const other = known.get(gatewayId);
    return other === undefined ? [] : [Math.abs(rssi - other)];
  });
  return differences.length === 0 ? 0 : differences.reduce((sum, one) => sum + one, 0) / differences.length;
}

import type { ResidualPoint, SurveyPoint } from '../calibration';
import type { GatewayId } from '../ids';
import type { Gateway, Site } from '../site';
import { decadesTo } from './path-loss';

interface Line {
  readonly rssi1m: number;
  readonly exponent: number;
}

interface Sum {
  readonly gateway: Gateway;
  count: number;
  x: number;
  y: number;
  db: number;
}

const finestM = 0.5;
/** More points than this for one gateway are drawn together: a map is solved in cubic time. */
const mostPoints = 160;

/** Mean residuals of a survey's rows around the fitted lines, rows of one spot taken together. */
export function residualsOf(
  site: Site,
  survey: readonly SurveyPoint[],
  lines: ReadonlyMap<GatewayId, Line>,
): ResidualPoint[] {
  let sideM = finestM;
  let points = gather(site, survey, lines, sideM);
  while (mostOfOne(points) > mostPoints) points = gather(site, survey, lines, (sideM *= 1.4));
  return points;
}

function mostOfOne(points: readonly ResidualPoint[]): number {
  const counts = new Map<GatewayId, number>();
  for (const { gatewayId } of points) counts.set(gatewayId, (counts.get(gatewayId) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

function gather(
  site: Site,
  survey: readonly SurveyPoint[],
  lines: ReadonlyMap<GatewayId, Line>,
  sideM: number,
): ResidualPoint[] {
  const spots = new Map<string, Sum>();
  for (const point of survey) {
    for (const { gatewayId, rssi } of point.heard) {
      const gateway = site.gatewayById.get(gatewayId);
      const line = lines.get(gatewayId);
      if (gateway === undefined || line === undefined || gateway.levelId !== point.levelId) continue;
      const key = `${gatewayId} ${Math.floor(point.x / sideM)} ${Math.floor(point.y / sideM)}`;
      const sum = spots.get(key) ?? { gateway, count: 0, x: 0, y: 0, db: 0 };
      sum.count++;
      sum.x += point.x;
      sum.y += point.y;
      sum.db += rssi - line.rssi1m + 10 * line.exponent * decadesTo(gateway, point, site.tagHeight);
      spots.set(key, sum);
    }
  }
  return [...spots.values()].map(({ gateway, count, x, y, db }) => ({
    gatewayId: gateway.id,
    levelId: gateway.levelId,
    x: round(x / count),
    y: round(y / count),
    db: round(db / count),
  }));
}

const round = (value: number): number => Math.round(value * 100) / 100;

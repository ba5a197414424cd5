import type { SurveyPoint } from '../calibration';
import type { GatewayId } from '../ids';
import type { Gateway, Site } from '../site';
import { rasterise } from '../zoning/unit-raster';
import { type Barriers, readBarriers, wallsBetween } from './barriers';
import { decadesTo } from './path-loss';

/** What one gateway heard over a survey of its own level, flat: one entry a row. */
export interface Observed {
  readonly gateway: Gateway;
  readonly x: number[];
  readonly y: number[];
  /** Log10 of the slant, metres. */
  readonly decades: number[];
  readonly walls: number[];
  readonly rssi: number[];
}

/** Rows of the survey by gateway; a gateway unknown or on another level than the point is left out. */
export function observe(site: Site, survey: readonly SurveyPoint[]): Map<GatewayId, Observed> {
  const barriers = barriersOf(site);
  const byGateway = new Map<GatewayId, Observed>();
  for (const point of survey) {
    for (const { gatewayId, rssi } of point.heard) {
      const gateway = site.gatewayById.get(gatewayId);
      if (gateway === undefined || gateway.levelId !== point.levelId) continue;
      const own = byGateway.get(gatewayId) ?? { gateway, x: [], y: [], decades: [], walls: [], rssi: [] };
      own.x.push(point.x);
      own.y.push(point.y);
      own.decades.push(decadesTo(gateway, point, site.tagHeight));
      own.walls.push(wallsTo(gateway, point, barriers.get(point.levelId) ?? null));
      own.rssi.push(rssi);
      byGateway.set(gatewayId, own);
    }
  }
  return byGateway;
}

const barriersOf = (site: Site): Map<string, Barriers | null> =>
  new Map(site.levels.map((level) => [level.id, readBarriers(level, rasterise(level.units, level.bounds))]));

function wallsTo(gateway: Gateway, { x, y }: { readonly x: number; readonly y: number }, barriers: Barriers | null) {
  if (barriers === null) return 0;
  return wallsBetween(barriers, gateway.x, gateway.y, x, y);
}

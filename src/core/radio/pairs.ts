import type { SurveyPoint } from '../calibration';
import { type GatewayId, levelId } from '../ids';
import type { Gateway, Level, Point, Site } from '../site';
import { rasterise } from '../zoning/unit-raster';
import { type Barriers, readBarriers, wallsBetween } from './barriers';
import { expectedOn, type Line } from './line';
import { decadesTo } from './path-loss';

/** One gateway and one place of the survey. */
export interface Pair {
  readonly gatewayId: GatewayId;
  /** Log10 of the slant, and the walls and slabs between. */
  readonly decades: number;
  readonly walls: number;
  readonly slabs: number;
  /** Mean of what was heard, dBm; null for silence. */
  readonly rssi: number | null;
  /** Advertisements it heard, and how many were sent. */
  readonly count: number;
  readonly sent: number;
}

/** Fewer pairs than this tell too little. */
export const leastPairs = 40;

/** The line of each gateway. */
export type LineOf = (id: GatewayId) => Line;

/** Further away than this nothing is expected and nothing learnt, dBm. */
const leastExpected = -125;

/** Gateways and places of a survey, whoever heard or not, as far as by these lines anything could be heard. */
export function pairsOf(site: Site, survey: readonly SurveyPoint[], lineOf: LineOf): Pair[] {
  const barriers = new Map(
    site.levels.map((level) => [level.id, readBarriers(level, rasterise(level.units, level.bounds))]),
  );
  const placed = [...site.gatewayById.values()].filter((gateway) => site.levelById.has(gateway.levelId));
  return thinned(survey).flatMap((point) => {
    const level = site.levelById.get(levelId(point.levelId));
    if (level === undefined) return [];
    const heard = new Map(point.heard.map((own) => [own.gatewayId, own]));
    const sent = Math.max(...point.heard.map(({ count = 1 }) => count));
    return placed.flatMap((gateway): Pair[] => {
      const home = site.levelById.get(gateway.levelId) ?? level;
      const link = linkTo(gateway, home, { point, level, tagHeight: site.tagHeight });
      if (link === null || expectedOn(lineOf(gateway.id), link.decades, 0) < leastExpected) return [];
      const walls = wallsOf(link, barriers.get(home.id), barriers.get(level.id));
      const own = heard.get(gateway.id);
      const count = own === undefined ? 0 : (own.count ?? 1);
      const { slabs, decades } = link;
      return [{ gatewayId: gateway.id, decades, walls, slabs, rssi: own?.rssi ?? null, count, sent }];
    });
  });
}

const mostRows = 400;

/** Rows of the surveyor's own tag, evenly drawn when there are many. */
function thinned(survey: readonly SurveyPoint[]): readonly SurveyPoint[] {
  const own = survey.filter(({ transmitter }) => transmitter === undefined);
  const stride = Math.max(1, own.length / mostRows);
  return Array.from({ length: Math.min(own.length, mostRows) }, (_, i) => own[Math.floor(i * stride)]).flatMap(
    (point) => (point === undefined ? [] : [point]),
  );
}

interface Place {
  readonly point: SurveyPoint;
  readonly level: Level;
  readonly tagHeight: number;
}

/** A straight way from a gateway to a place, through no slab or one. */
interface Link {
  readonly slabs: number;
  readonly decades: number;
  readonly from: Point;
  /** Where it passes the slab; the gateway itself on one level. */
  readonly through: Point;
  readonly to: Point;
}

function linkTo(gateway: Gateway, home: Level, { point, level, tagHeight }: Place): Link | null {
  const slabs = Math.abs(home.ordinal - level.ordinal);
  if (slabs > 1) return null;
  const [from, to] = [home.elevation + gateway.z, level.elevation + (point.z ?? tagHeight)];
  const decades = decadesTo({ ...gateway, z: from - level.elevation }, point, tagHeight);
  const slab = home.ordinal < level.ordinal ? level.elevation : home.elevation;
  const share = slabs === 0 ? 0 : Math.min(1, Math.max(0, (slab - from) / (to - from || 1)));
  const [x, y] = [gateway.x + share * (point.x - gateway.x), gateway.y + share * (point.y - gateway.y)];
  return { slabs, decades, from: [gateway.x, gateway.y], through: [x, y], to: [point.x, point.y] };
}

function wallsOf({ slabs, from, through, to }: Link, home?: Barriers | null, level?: Barriers | null): number {
  const before = slabs === 0 || !home ? 0 : wallsBetween(home, ...from, ...through);
  return before + (level ? wallsBetween(level, ...through, ...to) : 0);
}

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
  /** Advertisements that is the mean of, and how many more were sent: other gateways heard so many. */
  readonly count: number[];
  readonly missed: number[];
  /** Index of who was heard, in `Transmitters`; −1 for the surveyor's tag. */
  readonly transmitter: number[];
  /** Where the surveyor's tag was and it heard nothing. */
  readonly silent: Silent;
}

/** Places a gateway did not hear, flat: one entry a row, and how many advertisements it missed there. */
export interface Silent {
  readonly x: number[];
  readonly y: number[];
  readonly decades: number[];
  readonly walls: number[];
  readonly missed: number[];
}

/** Reference tags and gateways heard by others: how far the strength of each may lie from a tag's, dB. */
export interface Transmitters {
  readonly ids: string[];
  readonly spreadDb: number[];
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Walls between a gateway, wherever it is taken to hang, and a place of its level. */
export type WallsTo = (gateway: Gateway, to: Spot) => number;

/** Rows of the survey by gateway; a gateway unknown or on another level than the point is left out. */
export function observe(
  site: Site,
  survey: readonly SurveyPoint[],
): { byGateway: Map<GatewayId, Observed>; transmitters: Transmitters; wallsTo: WallsTo } {
  const transmitters: Transmitters = { ids: [], spreadDb: [] };
  const barriers = barriersOf(site);
  const wallsTo: WallsTo = (from, to) => wallsOn(barriers.get(from.levelId) ?? null, from, to);
  const byGateway = new Map<GatewayId, Observed>();
  for (const point of survey) {
    const transmitter = indexOf(point, transmitters);
    const sent = sentAt(point);
    for (const { gatewayId, rssi, count = 1 } of point.heard) {
      const gateway = site.gatewayById.get(gatewayId);
      if (gateway === undefined || gateway.levelId !== point.levelId) continue;
      const own = byGateway.get(gatewayId) ?? nothingOf(gateway);
      own.x.push(point.x);
      own.y.push(point.y);
      own.decades.push(decadesTo(gateway, point, site.tagHeight));
      own.walls.push(wallsTo(gateway, point));
      own.rssi.push(rssi);
      own.count.push(count);
      own.missed.push(transmitter < 0 ? sent - count : 0);
      own.transmitter.push(transmitter);
      byGateway.set(gatewayId, own);
    }
  }
  for (const own of byGateway.values()) addSilence(own, site, survey, wallsTo);
  return { byGateway, transmitters, wallsTo };
}

const nothingOf = (gateway: Gateway): Observed => ({
  gateway,
  x: [],
  y: [],
  decades: [],
  walls: [],
  rssi: [],
  count: [],
  missed: [],
  transmitter: [],
  silent: { x: [], y: [], decades: [], walls: [], missed: [] },
});

/** Advertisements sent at a point: those the gateway heard that heard most. */
const sentAt = ({ heard }: SurveyPoint): number => Math.max(0, ...heard.map(({ count = 1 }) => count));

/** A transmitter may have been away: only where the surveyor stood is silence told. */
function addSilence({ gateway, silent }: Observed, site: Site, survey: readonly SurveyPoint[], wallsTo: WallsTo): void {
  for (const point of survey) {
    if (point.transmitter !== undefined || point.levelId !== gateway.levelId || point.heard.length === 0) continue;
    if (point.heard.some(({ gatewayId }) => gatewayId === gateway.id)) continue;
    silent.x.push(point.x);
    silent.y.push(point.y);
    silent.decades.push(decadesTo(gateway, point, site.tagHeight));
    silent.walls.push(wallsTo(gateway, point));
    silent.missed.push(sentAt(point));
  }
}

function indexOf({ transmitter }: SurveyPoint, { ids, spreadDb }: Transmitters): number {
  if (transmitter === undefined) return -1;
  const known = ids.indexOf(transmitter.id);
  if (known >= 0) return known;
  spreadDb.push(transmitter.spreadDb);
  return ids.push(transmitter.id) - 1;
}

const barriersOf = (site: Site): Map<string, Barriers | null> =>
  new Map(site.levels.map((level) => [level.id, readBarriers(level, rasterise(level.units, level.bounds))]));

function wallsOn(barriers: Barriers | null, gateway: Gateway, { x, y }: Spot): number {
  return barriers === null ? 0 : wallsBetween(barriers, gateway.x, gateway.y, x, y);
}

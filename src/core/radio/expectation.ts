import type { Calibration } from '../calibration';
import type { Gateway, Level, Site } from '../site';
import { rasterise } from '../zoning/unit-raster';
import { type Barriers, readBarriers, wallsBetween } from './barriers';
import { expectedOn, type Line } from './line';
import { decadesTo, defaultLine } from './path-loss';
import { krige, residualAt, residualVarianceAt } from './residual-map';

/** What a gateway is expected to hear of a transmitter as strong as a tag, dBm, and how far it may be off, dB². */
export interface Expected {
  readonly rssi: number;
  readonly variance: number;
}

interface Place {
  readonly levelId: string;
  readonly x: number;
  readonly y: number;
  readonly z?: number | undefined;
}

/**
 * What a calibration expects at places of a gateway's own level: its line through the walls of the plan and, where a
 * survey says more, the residuals around. Null without a calibration: the default radio.
 */
export function expectationOf(site: Site, calibration: Calibration | null): (gateway: Gateway, at: Place) => Expected {
  const barriers = new Map(site.levels.map((level) => [level.id, barriersOf(level)]));
  const krigings = krige(site, calibration, barriers);
  const radios = new Map(calibration?.gateways.map((radio) => [radio.gatewayId, radio]));
  const byDefault = defaultLine(site.levels.some(({ units }) => units.length > 1));
  const lineOf = (gateway: Gateway): Line => {
    const radio = radios.get(gateway.id) ?? calibration?.fallback;
    return radio === undefined ? byDefault : (radio.through ?? { ...radio, wallDb: 0 });
  };
  return (gateway, at) => {
    const own = barriers.get(gateway.levelId) ?? null;
    const walls = own === null ? 0 : wallsBetween(own, gateway.x, gateway.y, at.x, at.y);
    const kriging = krigings.get(gateway.id);
    const line = kriging?.line ?? lineOf(gateway);
    const rssi = expectedOn(line, decadesTo(gateway, at, site.tagHeight), walls);
    if (kriging === undefined) return { rssi, variance: line.sigma ** 2 };
    const db = residualAt(kriging, at.x, at.y, walls);
    return { rssi: rssi + db, variance: residualVarianceAt(kriging, at.x, at.y, walls) };
  };
}

const barriersOf = (level: Level): Barriers | null => readBarriers(level, rasterise(level.units, level.bounds));

import type { Calibration, GatewayRadio, ThroughWalls } from '../calibration';
import type { Gateway, Level, Site } from '../site';
import type { Rules } from '../rules';

/** Radio of an uncalibrated gateway: a tag at 0 dBm through furnished rooms. */
export const defaultRadio: Omit<GatewayRadio, 'gatewayId'> = { rssi1m: -60, exponent: 2.5, sigma: 6.5, points: 0 };

/**
 * The same with walls counted apart. Where the plan draws rooms, what is left between walls is nearly free space and a
 * light wall costs 3.4 dB (COST 231 final report, 4.7.2); where it draws none, the exponent stands for all that is there.
 */
export const defaultLine = (drawsWalls: boolean): ThroughWalls =>
  drawsWalls
    ? { rssi1m: defaultRadio.rssi1m, exponent: 2, wallDb: 3.4, sigma: 6 }
    : { rssi1m: defaultRadio.rssi1m, exponent: defaultRadio.exponent, wallDb: 3.4, sigma: defaultRadio.sigma };

/** Squared distances below this (0.5 m) are taken as it: the far-field model ends there. */
export const minSqDistance = 0.25;

/** What every gateway of the site is expected to hear from a tag on one level; indexed as the gateways of the model. */
export interface LevelRadio {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Squared height between the gateway and a tag on this level, m². */
  readonly sqRise: Float64Array;
  /** RSSI at one metre less the loss of the slabs between, dBm. */
  readonly rssi1m: Float64Array;
  readonly exponent: Float64Array;
  /** Spread around the model that does not average out over time (shadowing), squared, dB². */
  readonly variance: Float64Array;
  /** Spread of tags' own strength, common to all gateways, squared, dB². */
  readonly strengthVariance: number;
}

/** Tabulates the path loss from a tag on `level` to each gateway: log-distance over the slant, plus a loss per slab. */
export function tabulateRadio(
  site: Site,
  level: Level,
  gateways: readonly Gateway[],
  calibrated: CalibratedRadio,
): LevelRadio {
  const { calibration, rules } = calibrated;
  const radios = new Map(calibration?.gateways.map((radio) => [radio.gatewayId, radio]));
  const strengthSigma = calibration === null ? rules.unknownStrengthSigmaDb : rules.strengthSigmaDb;
  const table = emptyTable(gateways.length, strengthSigma ** 2);
  gateways.forEach((gateway, i) => {
    const radio = radios.get(gateway.id) ?? calibration?.fallback ?? defaultRadio;
    const home = site.levelById.get(gateway.levelId) ?? level;
    const slabs = Math.abs(home.ordinal - level.ordinal);
    table.x[i] = gateway.x;
    table.y[i] = gateway.y;
    table.sqRise[i] = (home.elevation + gateway.z - level.elevation - site.tagHeight) ** 2;
    table.rssi1m[i] = radio.rssi1m - slabs * rules.slabLossDb;
    table.exponent[i] = radio.exponent;
    table.variance[i] = radio.sigma ** 2 + slabs * rules.slabSigmaDb ** 2;
  });
  return table;
}

export interface CalibratedRadio {
  readonly calibration: Calibration | null;
  readonly rules: Rules;
}

function emptyTable(size: number, strengthVariance: number): LevelRadio {
  return {
    strengthVariance,
    x: new Float64Array(size),
    y: new Float64Array(size),
    sqRise: new Float64Array(size),
    rssi1m: new Float64Array(size),
    exponent: new Float64Array(size),
    variance: new Float64Array(size),
  };
}

/** RSSI expected at a squared distance, dBm: rssi1m − 10 · exponent · log10(d). */
export function expectedRssi(rssi1m: number, exponent: number, sqDistance: number): number {
  return rssi1m - 5 * exponent * Math.log10(Math.max(sqDistance, minSqDistance));
}

/** Log10 of the slant from a gateway to a tag at a place on the same level. */
export function decadesTo(
  gateway: Gateway,
  point: { readonly x: number; readonly y: number; readonly z?: number | undefined },
  tagHeight: number,
): number {
  const rise = gateway.z - (point.z ?? tagHeight);
  const sqSlant = (gateway.x - point.x) ** 2 + (gateway.y - point.y) ** 2 + rise ** 2;
  return 0.5 * Math.log10(Math.max(sqSlant, minSqDistance));
}

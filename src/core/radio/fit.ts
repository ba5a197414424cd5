import type { Calibration, GatewayRadio, SurveyPoint } from '../calibration';
import type { GatewayId } from '../ids';
import type { Site } from '../site';
import { decadesTo, defaultRadio } from './path-loss';
import { residualsOf } from './residuals';

/** How well one gateway's line fits its survey. */
export interface FitQuality {
  readonly gatewayId: GatewayId;
  readonly points: number;
  /** Root mean square residual of the fitted line and of the default radio, dB. */
  readonly rmsDb: number;
  readonly defaultRmsDb: number;
  /** Nearest and furthest survey point used, metres of slant. */
  readonly nearestM: number;
  readonly furthestM: number;
}

export interface Fit {
  readonly calibration: Calibration;
  readonly quality: readonly FitQuality[];
}

/** Pairs of log10(slant) and rssi. */
interface Heard {
  readonly decades: number[];
  readonly rssi: number[];
}

/** A straight line rssi = rssi1m − 10 · exponent · decades, and the spread around it. */
interface Line {
  readonly rssi1m: number;
  readonly exponent: number;
  readonly sigma: number;
}

/** How gateways of one make differ, standard deviation: what a gateway's own few points are weighed against. */
const rssi1mSpread = 5;
const exponentSpread = 0.4;
/** What is believed of a site before any survey. */
const exponentBelief = { mean: defaultRadio.exponent, spread: 1 };
/** Survey points near each other share their shadowing: this many count as one. */
const pointsPerOpinion = 4;
/** Residuals beyond this many sigmas weigh less (Huber). */
const huber = 1.5;
const leastSigma = 2;

/**
 * Fits the log-distance radio of a site to a survey: first one line for all gateways, then one for each, drawn towards
 * the common one the more the fewer its points (empirical Bayes), both robust (Huber, iteratively reweighted).
 * Only points on the gateway's own level count. @param fittedAt epoch ms, written into the result.
 */
export function fitCalibration(site: Site, survey: readonly SurveyPoint[], fittedAt: number): Fit {
  const heard = collect(site, survey);
  const pooled = fitPooled([...heard.values()]);
  const fitted = [...heard].map(([id, own]) => ({ id, own, line: fitGateway(own, pooled) }));
  const gateways = fitted.map(({ id, own, line }): GatewayRadio => ({
    gatewayId: id,
    ...rounded(line),
    points: own.rssi.length,
  }));
  const points = gateways.reduce((sum, gateway) => sum + gateway.points, 0);
  return {
    calibration: {
      siteId: site.id,
      fittedAt,
      gateways,
      fallback: { ...rounded(pooled), points },
      residuals: residualsOf(site, survey, new Map(fitted.map(({ id, line }) => [id, line]))),
    },
    quality: fitted.map(({ id, own, line }) => qualityOf(id, own, line)),
  };
}

const rounded = ({ rssi1m, exponent, sigma }: Line): Line => ({
  rssi1m: Math.round(rssi1m * 100) / 100,
  exponent: Math.round(exponent * 1000) / 1000,
  sigma: Math.round(sigma * 100) / 100,
});

function collect(site: Site, survey: readonly SurveyPoint[]): Map<GatewayId, Heard> {
  const byGateway = new Map<GatewayId, Heard>();
  for (const point of survey) {
    for (const { gatewayId, rssi } of point.heard) {
      const gateway = site.gatewayById.get(gatewayId);
      if (gateway === undefined || gateway.levelId !== point.levelId) continue;
      const own = byGateway.get(gatewayId) ?? { decades: [], rssi: [] };
      own.decades.push(decadesTo(gateway, point, site.tagHeight));
      own.rssi.push(rssi);
      byGateway.set(gatewayId, own);
    }
  }
  return byGateway;
}

/** One line through all gateways' points; the default radio when there are none. */
function fitPooled(all: readonly Heard[]): Line {
  const decades = all.flatMap((own) => own.decades);
  const rssi = all.flatMap((own) => own.rssi);
  if (rssi.length === 0) return defaultRadio;
  return regress({ decades, rssi }, defaultRadio, { rssi1m: 15, exponent: exponentBelief.spread });
}

const fitGateway = (own: Heard, pooled: Line): Line =>
  regress(own, pooled, { rssi1m: rssi1mSpread, exponent: exponentSpread });

/** Robust regression towards a prior line. The prior is on the level at the points' own mean distance and on the slope. */
function regress(own: Heard, prior: Line, spread: { rssi1m: number; exponent: number }): Line {
  const count = own.rssi.length;
  const middle = own.decades.reduce((sum, d) => sum + d, 0) / count;
  const priorLevel = prior.rssi1m - 10 * prior.exponent * middle;
  let sigma = prior.sigma;
  let [level, exponent] = [priorLevel, prior.exponent];
  for (let round = 0; round < 20; round++) {
    const unit = 1 / (pointsPerOpinion * sigma * sigma);
    let [ww, ws, ss] = [1 / spread.rssi1m ** 2, 0, 1 / spread.exponent ** 2];
    let [gw, gs] = [priorLevel * ww, prior.exponent * ss];
    for (let i = 0; i < count; i++) {
      const steps = -10 * ((own.decades[i] ?? 0) - middle);
      const rssi = own.rssi[i] ?? 0;
      const residual = Math.abs(rssi - level - exponent * steps) / sigma;
      const weight = residual > huber ? (unit * huber) / residual : unit;
      ww += weight;
      ws += weight * steps;
      ss += weight * steps * steps;
      gw += weight * rssi;
      gs += weight * rssi * steps;
    }
    const det = ww * ss - ws * ws;
    level = (gw * ss - gs * ws) / det;
    exponent = (ww * gs - ws * gw) / det;
    sigma = spreadAround(own, prior, (decades) => level - 10 * exponent * (decades - middle));
  }
  return { rssi1m: level + 10 * exponent * middle, exponent, sigma };
}

/** Robust sigma of the residuals (median absolute deviation), drawn towards the prior's. */
function spreadAround(own: Heard, prior: Line, expected: (decades: number) => number): number {
  const residuals = own.rssi.map((rssi, i) => Math.abs(rssi - expected(own.decades[i] ?? 0))).sort((a, b) => a - b);
  const median = residuals[Math.floor(residuals.length / 2)] ?? 0;
  const opinions = residuals.length / pointsPerOpinion;
  const variance = (opinions * (1.4826 * median) ** 2 + 4 * prior.sigma ** 2) / (opinions + 4);
  return Math.max(leastSigma, Math.sqrt(variance));
}

function qualityOf(gatewayId: GatewayId, own: Heard, line: Line): FitQuality {
  return {
    gatewayId,
    points: own.rssi.length,
    rmsDb: rms(own, line),
    defaultRmsDb: rms(own, defaultRadio),
    nearestM: 10 ** Math.min(...own.decades),
    furthestM: 10 ** Math.max(...own.decades),
  };
}

function rms({ decades, rssi }: Heard, { rssi1m, exponent }: Line): number {
  const squares = rssi.map((value, i) => (value - rssi1m + 10 * exponent * (decades[i] ?? 0)) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

import type { Calibration, GatewayRadio, Suspect, SurveyPoint } from '../calibration';
import type { GatewayId } from '../ids';
import type { Site } from '../site';
import { fitByEars, fitLines, withoutWalls } from './fit-lines';
import { expectedOn, type Heard, type Line } from './line';
import { type Observed, observe } from './observed';
import { defaultLine, defaultRadio } from './path-loss';
import { residualsOf } from './residuals';
import { suspectsOf } from './suspects';
import { levelTransmitters } from './transmitters';

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
  /** Gateways that hear as no other does, or as if they hung elsewhere. */
  readonly suspects: readonly Suspect[];
}

/**
 * Fits the radio of a site to a survey: log-distance lines, and the same with a loss for each wall of the plan on the
 * way (COST 231 multi-wall). First one line for all gateways, then one for each, drawn towards the common one the more
 * the fewer its points (empirical Bayes). Only points on the gateway's own level count. Lines with walls know that weak
 * signals go unheard; the plain ones, for the fast method, are of what was heard.
 * @param fittedAt epoch ms, written into the result.
 */
export function fitCalibration(site: Site, survey: readonly SurveyPoint[], fittedAt: number): Fit {
  const { byGateway, transmitters, wallsTo } = observe(site, survey);
  const byDefault = defaultLine(site.levels.some(({ units }) => units.length > 1));
  const levelled = levelTransmitters([...byGateway.values()], transmitters, (all) => fitLines(all, byDefault, null));
  const { observed, asHeard, through, hearing, slab } = fitByEars(site, survey, { observed: levelled, byDefault });
  const plain = fitLines(levelled.map(withoutWalls), { ...defaultRadio, wallDb: 0 }, null);
  const gateways = observed.map(({ gateway, rssi }, i): GatewayRadio => ({
    gatewayId: gateway.id,
    ...radioOf(plain.lines[i] ?? plain.pooled),
    points: rssi.length,
    through: rounded(through.lines[i] ?? through.pooled),
  }));
  const points = gateways.reduce((sum, gateway) => sum + gateway.points, 0);
  return {
    calibration: {
      siteId: site.id,
      fittedAt,
      gateways,
      fallback: { ...radioOf(plain.pooled), points, through: rounded(through.pooled) },
      residuals: residualsOf(observed, through.lines),
      ...(hearing === null ? {} : { hearing }),
      ...(slab === null ? {} : { slab }),
    },
    // By what was heard as it was heard: gateways that miss much are set right, and one that is misplaced misses much.
    suspects: suspectsOf(levelled, { site, line: asHeard.pooled, wallsTo }),
    quality: observed.map((own, i) => qualityOf(own, through.lines[i] ?? through.pooled, byDefault)),
  };
}

const hundredth = (value: number): number => Math.round(value * 100) / 100;
const thousandth = (value: number): number => Math.round(value * 1000) / 1000;

const radioOf = ({ rssi1m, exponent, sigma }: Line) => ({
  rssi1m: hundredth(rssi1m),
  exponent: thousandth(exponent),
  sigma: hundredth(sigma),
});

const rounded = (line: Line): Line => ({ ...radioOf(line), wallDb: hundredth(line.wallDb) });

function qualityOf(own: Observed, line: Line, byDefault: Line): FitQuality {
  return {
    gatewayId: own.gateway.id,
    points: own.rssi.length,
    rmsDb: rms(own, line),
    defaultRmsDb: rms(own, byDefault),
    nearestM: 10 ** Math.min(...own.decades),
    furthestM: 10 ** Math.max(...own.decades),
  };
}

function rms({ decades, walls, rssi }: Heard, line: Line): number {
  const squares = rssi.map((value, i) => (value - expectedOn(line, decades[i] ?? 0, walls[i] ?? 0)) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

import type { Suspect } from '../calibration';
import type { Gateway, Site } from '../site';
import { expectedOn, type Line } from './line';
import type { Observed } from './observed';
import { decadesTo } from './path-loss';

/** Fewer points say too little of one gateway. */
const leastPoints = 6;
const leastPointsToPlace = 12;
/** A mean difference to the other gateways beyond this is a fault, in dB and in spreads between the others. */
const leastDb = 5;
const spreads = 2.5;
const usualSpreadDb = 2;
const stepM = 1;
const leastMoveM = 5;
/** A place elsewhere must explain what was heard so much better: share of the spread that remains. */
const mostRemaining = 0.7;

/** Names gateways that hear unlike the others, or as if they hung somewhere else. */
export function suspectsOf(site: Site, observed: readonly Observed[], pooled: Line): Suspect[] {
  const judged = observed.filter(({ rssi }) => rssi.length >= leastPoints);
  const moved = judged.flatMap((own): Suspect[] => movedOf(site, own, pooled));
  const known = new Set(moved.map(({ gatewayId }) => gatewayId));
  const means = judged.map((own) => median(residualsFrom(own.gateway, own, pooled, site)));
  const usual = median(means);
  const spread = Math.max(usualSpreadDb, 1.4826 * median(means.map((mean) => Math.abs(mean - usual))));
  const odd = judged.flatMap(({ gateway }, i): Suspect[] => {
    const db = (means[i] ?? 0) - usual;
    if (known.has(gateway.id) || Math.abs(db) < Math.max(leastDb, spreads * spread)) return [];
    return [{ kind: db < 0 ? 'deaf' : 'loud', gatewayId: gateway.id, db: Math.round(db * 10) / 10 }];
  });
  return [...moved, ...odd];
}

/** Looks for a better place over the gateway's level, whatever the gateway's own level of hearing. */
function movedOf(site: Site, own: Observed, pooled: Line): Suspect[] {
  const { gateway } = own;
  const bounds = site.levelById.get(gateway.levelId)?.bounds;
  if (bounds === undefined || own.rssi.length < leastPointsToPlace) return [];
  const here = spreadFrom(gateway, own, pooled, site);
  let best = { x: gateway.x, y: gateway.y, spread: here };
  for (let x = bounds.minX; x <= bounds.maxX; x += stepM) {
    for (let y = bounds.minY; y <= bounds.maxY; y += stepM) {
      const spread = spreadFrom({ ...gateway, x, y }, own, pooled, site);
      if (spread < best.spread) best = { x, y, spread };
    }
  }
  const metres = Math.hypot(best.x - gateway.x, best.y - gateway.y);
  if (metres < leastMoveM || best.spread > mostRemaining * here) return [];
  const round = (value: number): number => Math.round(value * 10) / 10;
  return [{ kind: 'moved', gatewayId: gateway.id, x: round(best.x), y: round(best.y), metres: round(metres) }];
}

/** Mean absolute residual around the median. */
function spreadFrom(gateway: Gateway, own: Observed, line: Line, site: Site): number {
  const residuals = residualsFrom(gateway, own, line, site);
  const middle = median(residuals);
  return residuals.reduce((sum, residual) => sum + Math.abs(residual - middle), 0) / residuals.length;
}

/** Walls are those of the place the gateway is said to hang at; elsewhere none are known. */
function residualsFrom(gateway: Gateway, { x, y, rssi, walls }: Observed, line: Line, site: Site): number[] {
  const isHere = site.gatewayById.get(gateway.id) === gateway;
  return rssi.map((value, i) => {
    const decades = decadesTo(gateway, { x: x[i] ?? 0, y: y[i] ?? 0 }, site.tagHeight);
    return value - expectedOn(line, decades, isHere ? (walls[i] ?? 0) : meanOf(walls));
  });
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length >> 1] ?? 0;
}

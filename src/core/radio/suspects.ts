import type { Suspect } from '../calibration';
import type { Gateway, Site } from '../site';
import { expectedOn, type Line } from './line';
import type { Observed, WallsTo } from './observed';
import { decadesTo } from './path-loss';

/** What gateways are judged by: the line all have in common, through the walls of the plan. */
export interface Common {
  readonly site: Site;
  readonly line: Line;
  readonly wallsTo: WallsTo;
}

/** Fewer points say too little of one gateway. */
const leastPoints = 6;
const leastPointsToPlace = 12;
/** A mean difference to the other gateways beyond this is a fault, in dB and in spreads between the others. */
const leastDb = 5.5;
const spreads = 1.9;
const usualSpreadDb = 2;
/** What one row says of a gateway's level: shadowing, dB; rows near each other share it, so that many are one opinion. */
const rowDb = 5;
const rowsPerOpinion = 2;
const sigmas = 0.25;
const stepM = 2;
const leastMoveM = 9;
/** A place elsewhere must explain what was heard so much better: share of the spread that remains. */
const mostRemaining = 0.7;
/** Places elsewhere that are looked at through their own walls, and how far they are apart, metres. */
const placesTried = 12;
const placesApartM = 3;

/** Names gateways that hear unlike the others, or as if they hung somewhere else. */
export function suspectsOf(observed: readonly Observed[], common: Common): Suspect[] {
  const judged = observed.filter(({ rssi }) => rssi.length >= leastPoints);
  const moved = judged.flatMap((own): Suspect[] => movedOf(own, common));
  const known = new Set(moved.map(({ gatewayId }) => gatewayId));
  const means = judged.map((own) => median(residualsFrom(own.gateway, own, common, own.walls)));
  const usual = median(means);
  const spread = Math.max(usualSpreadDb, 1.4826 * median(means.map((mean) => Math.abs(mean - usual))));
  const odd = judged.flatMap(({ gateway, rssi }, i): Suspect[] => {
    const db = (means[i] ?? 0) - usual;
    const doubt = sigmas * rowDb * Math.sqrt(rowsPerOpinion / rssi.length);
    if (known.has(gateway.id) || Math.abs(db) < Math.max(leastDb, spreads * spread) + doubt) return [];
    return [{ kind: db < 0 ? 'deaf' : 'loud', gatewayId: gateway.id, db: Math.round(db * 10) / 10 }];
  });
  return [...moved, ...odd];
}

interface Candidate {
  readonly gateway: Gateway;
  readonly spread: number;
}

/** Looks for a better place over the gateway's level, whatever the gateway's own level of hearing. */
function movedOf(own: Observed, common: Common): Suspect[] {
  const { gateway } = own;
  if (own.rssi.length < leastPointsToPlace) return [];
  const here = spreadFrom(gateway, own, common, own.walls);
  const best = placesToTry(own, common)
    .map((place): Candidate => ({ ...place, spread: spreadThrough(place.gateway, own, common) }))
    .reduce((a, b) => (b.spread < a.spread ? b : a), { gateway, spread: here });
  const metres = Math.hypot(best.gateway.x - gateway.x, best.gateway.y - gateway.y);
  if (metres < leastMoveM || best.spread > mostRemaining * here) return [];
  const round = (value: number): number => Math.round(value * 10) / 10;
  const { x, y } = best.gateway;
  return [{ kind: 'moved', gatewayId: gateway.id, x: round(x), y: round(y), metres: round(metres) }];
}

/** The places that fit best as if walls were everywhere the same, not too near each other. */
function placesToTry(own: Observed, common: Common): Candidate[] {
  const { gateway } = own;
  const bounds = common.site.levelById.get(gateway.levelId)?.bounds;
  if (bounds === undefined) return [];
  const usual = own.walls.map(() => meanOf(own.walls));
  const all: Candidate[] = [];
  for (let x = bounds.minX; x <= bounds.maxX; x += stepM) {
    for (let y = bounds.minY; y <= bounds.maxY; y += stepM) {
      const there = { ...gateway, x, y };
      all.push({ gateway: there, spread: spreadFrom(there, own, common, usual) });
    }
  }
  const chosen: Candidate[] = [];
  for (const place of all.sort((a, b) => a.spread - b.spread)) {
    const isApart = chosen.every(
      ({ gateway: { x, y } }) => Math.hypot(x - place.gateway.x, y - place.gateway.y) >= placesApartM,
    );
    if (isApart) chosen.push(place);
    if (chosen.length === placesTried) break;
  }
  return chosen;
}

function spreadThrough(there: Gateway, own: Observed, common: Common): number {
  const walls = own.x.map((x, i) => common.wallsTo(there, { x, y: own.y[i] ?? 0 }));
  return spreadFrom(there, own, common, walls);
}

/** Mean absolute residual around the median. */
function spreadFrom(gateway: Gateway, own: Observed, common: Common, walls: readonly number[]): number {
  const residuals = residualsFrom(gateway, own, common, walls);
  const middle = median(residuals);
  return residuals.reduce((sum, residual) => sum + Math.abs(residual - middle), 0) / residuals.length;
}

/** @param walls between the gateway, where it is taken to hang, and each place */
function residualsFrom(
  gateway: Gateway,
  { x, y, rssi }: Observed,
  { site, line }: Common,
  walls: readonly number[],
): number[] {
  return rssi.map((value, i) => {
    const decades = decadesTo(gateway, { x: x[i] ?? 0, y: y[i] ?? 0 }, site.tagHeight);
    return value - expectedOn(line, decades, walls[i] ?? 0);
  });
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length >> 1] ?? 0;
}

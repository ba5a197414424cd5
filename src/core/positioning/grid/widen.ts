import { lengthOf } from '../../fast-math';
import type { Place } from '../place';
import type { ExpectedSignals } from './expected-signals';
import { errorScale, type MapFit } from './map-fit';
import type { News } from './news';

/** Why a place may be further off than the belief says. */
export interface Doubts {
  fit: MapFit;
  /** How much weaker a tag is heard than tags are, in standard deviations, 0…1: something may stand in the way. */
  shade: number;
  /** What share of a look's variance the next looks on the way repeat. */
  repeated: number;
}

/** By what factor one radius is wider for tags at rest and walking, and what is added in quadrature, metres. */
interface Widening {
  readonly rest: number;
  readonly walk: number;
  readonly leastM: number;
}

/** Tags at rest are weighed as ones whose errors repeat in full; tails are heavier than the belief's either way. */
const half: Widening = { rest: 0.72, walk: 1.22, leastM: 0.25 };
const nineTenths: Widening = { rest: 0.94, walk: 1.28, leastM: 0.6 };

/** How much wider radii are of a tag one standard deviation weaker than usual, natural logarithm. */
const perShade = 0.37;

/** Widens the radii of a belief, which holds only what one look after the other could tell, to what the tag may be off. */
export function widen(place: Place, restShare: number, { fit, shade, repeated }: Doubts): void {
  const scale = errorScale(fit) * Math.exp(perShade * shade);
  const walking = Math.max(0, 1 - restShare) * repeats(repeated);
  place.radius50 = lengthOf(scale * (restShare * half.rest + walking * half.walk) * place.radius50, half.leastM);
  const { rest, walk, leastM } = nineTenths;
  place.radius90 = lengthOf(scale * (restShare * rest + walking * walk) * place.radius90, leastM);
}

/** Errors of a mean over looks, beside those where a third or more of each look's variance is repeated by the next. */
const repeats = (share: number): number => Math.sqrt(0.4 + 1.8 * Math.min(share, 1 / 3));

/** Half of what is another in every spot is still there at the next look: tags linger. */
const spotRepeated = 0.5;
const leastVariance = 4;

/** What share of a look's variance is the map's around a place; the rest is fading, and of the spot alone. */
export function repeatedShare({ count, gateway, excess, fading }: News, { gateways }: ExpectedSignals): number {
  let all = 0;
  let spots = 0;
  for (let i = 0; i < count; i++) {
    const map = gateways[gateway[i] ?? 0];
    if (map === undefined) continue;
    all += map.typicalVariance;
    spots += map.spotVariance;
  }
  const shadowing = Math.max(leastVariance, all / Math.max(1, count) + excess);
  const ofSpot = Math.max(0, spots / Math.max(1, count) + excess);
  return Math.max(0, shadowing - (1 - spotRepeated) * ofSpot) / (shadowing + fading);
}

/** @param strengthDb what the gateways together say of a tag's strength beside that of usual ones */
export const shadeOf = (strengthDb: number, { strengthVariance }: ExpectedSignals): number =>
  Math.max(0, Math.min(1, -strengthDb / Math.sqrt(strengthVariance)));

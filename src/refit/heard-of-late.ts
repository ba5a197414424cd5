import { type HeardReference, type ReferenceTag, referencePoints, type Site, type SurveyPoint } from '../core';
import type { RedisConnections } from '../redis/redis.module';
import { dayOf, readReferences, referenceDaysKept } from '../redis/reference-days';

/** What was heard of transmitters in known places, as points to fit to. */
export interface HeardOfLate {
  readonly points: readonly SurveyPoint[];
  /** A gateway and a transmitter on one level that it heard often enough. */
  readonly pairs: number;
  /** Epoch ms. */
  readonly from: number;
  readonly until: number;
  readonly sightings: number;
}

const dayMs = 86_400_000;
/** Fewer sightings of one transmitter are an accident of the moment. */
const leastCount = 20;
/** Fewer pairs say nothing of a site. */
export const leastPairs = 24;
/** Pairs for each gateway of the plan that are enough: what is older is left alone. */
const enoughPerGateway = 6;

/** The newest days, as many as are needed, at most all that are kept: the older, the less they say of now. */
export async function heardOfLate(
  redis: RedisConnections,
  site: Site,
  tags: readonly ReferenceTag[],
  now: number,
): Promise<HeardOfLate> {
  const heard: HeardReference[] = [];
  let best: HeardOfLate = { points: [], pairs: 0, from: now, until: now, sightings: 0 };
  for (let day = 0; day < referenceDaysKept; day++) {
    const at = now - day * dayMs;
    heard.push(...(await readReferences(redis, at)));
    const points = oftenHeard(referencePoints(site, tags, heard));
    best = { ...countOf(site, points), points, from: Date.parse(dayOf(at)), until: now };
    if (best.pairs >= enoughPerGateway * site.gatewayById.size) return best;
  }
  return best;
}

const oftenHeard = (points: readonly SurveyPoint[]): SurveyPoint[] =>
  points.map((point) => ({ ...point, heard: point.heard.filter(({ count = 1 }) => count >= leastCount) }));

function countOf(site: Site, points: readonly SurveyPoint[]): { readonly pairs: number; readonly sightings: number } {
  let [pairs, sightings] = [0, 0];
  for (const { levelId, heard } of points) {
    for (const { gatewayId, count = 1 } of heard) {
      if (site.gatewayById.get(gatewayId)?.levelId !== levelId) continue;
      pairs += 1;
      sightings += count;
    }
  }
  return { pairs, sightings };
}

import type { SurveyPoint } from '../calibration';
import type { GatewayId } from '../ids';
import type { Sighting } from '../sighting';
import type { Site } from '../site';

/** A fixed tag whose place is known. Metres; `z` above the floor. */
export interface ReferenceTag {
  readonly tagId: string;
  readonly levelId: string;
  readonly x: number;
  readonly y: number;
  readonly z?: number | undefined;
}

/** How far apart the strengths of tags of one make are, and of a gateway's own radio from a tag's, dB. */
const tagSpreadDb = 2;
const gatewaySpreadDb = 8;

/** What one gateway heard of one transmitter, summed up: RSSI in dBm. */
export interface HeardReference {
  readonly transmitter: string;
  readonly gatewayId: GatewayId;
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
}

/**
 * Survey points out of what gateways heard of reference tags and of each other (a gateway that advertises is a tag of
 * the same id in a known place). One point for each transmitter; sightings of other tags are left out.
 */
export function surveyReferences(
  site: Site,
  tags: readonly ReferenceTag[],
  sightings: readonly Sighting[],
): SurveyPoint[] {
  return referencePoints(
    site,
    tags,
    sightings.map(({ tagId, gatewayId, rssi }) => ({
      transmitter: tagId,
      gatewayId,
      count: 1,
      sum: rssi,
      squares: rssi * rssi,
    })),
  );
}

/** The same out of sums; those of one transmitter and one gateway are taken together. */
export function referencePoints(
  site: Site,
  tags: readonly ReferenceTag[],
  sums: readonly HeardReference[],
): SurveyPoint[] {
  const places = placesOf(site, tags);
  const heard = new Map<string, Map<GatewayId, HeardReference>>();
  for (const sum of sums) {
    const id = bare(sum.transmitter);
    if (!places.has(id) || bare(sum.gatewayId) === id) continue;
    const own = heard.get(id) ?? new Map<GatewayId, HeardReference>();
    heard.set(id, own.set(sum.gatewayId, joined(own.get(sum.gatewayId), sum)));
  }
  return [...heard].flatMap(([id, own]) => {
    const place = places.get(id);
    return place === undefined ? [] : [{ ...place, heard: [...own.values()].map(heardOf) }];
  });
}

function placesOf(site: Site, tags: readonly ReferenceTag[]): Map<string, Omit<SurveyPoint, 'heard'>> {
  const places = new Map<string, Omit<SurveyPoint, 'heard'>>();
  for (const { id, levelId, x, y, z } of site.gatewayById.values()) {
    const transmitter = { id: bare(id), spreadDb: gatewaySpreadDb };
    places.set(bare(id), { pointId: bare(id), levelId, x, y, z, transmitter });
  }
  for (const { tagId, levelId, x, y, z } of tags) {
    const transmitter = { id: tagId, spreadDb: tagSpreadDb };
    places.set(bare(tagId), { pointId: tagId, levelId, x, y, z, transmitter });
  }
  return places;
}

/** Tag ids are spelled without separators, gateways' as their makers do. */
const bare = (id: string): string => id.toLowerCase().replaceAll(/[^0-9a-z]/g, '');

const joined = (before: HeardReference | undefined, sum: HeardReference): HeardReference =>
  before === undefined
    ? sum
    : {
        ...before,
        count: before.count + sum.count,
        sum: before.sum + sum.sum,
        squares: before.squares + sum.squares,
      };

const heardOf = ({ gatewayId, count, sum, squares }: HeardReference) => ({
  gatewayId,
  rssi: Math.round((100 * sum) / count) / 100,
  sd: Math.round(100 * Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))) / 100,
  count,
});

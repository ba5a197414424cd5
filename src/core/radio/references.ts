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

interface Mean {
  count: number;
  sum: number;
  squares: number;
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
  const gateways = new Map([...site.gatewayById.values()].map((gateway) => [bare(gateway.id), gateway]));
  const places = new Map<string, Omit<SurveyPoint, 'heard'>>();
  for (const [id, { levelId, x, y, z }] of gateways) {
    places.set(id, { pointId: id, levelId, x, y, z, transmitter: { id, spreadDb: gatewaySpreadDb } });
  }
  for (const { tagId, levelId, x, y, z } of tags) {
    const transmitter = { id: tagId, spreadDb: tagSpreadDb };
    places.set(bare(tagId), { pointId: tagId, levelId, x, y, z, transmitter });
  }
  const heard = new Map<string, Map<GatewayId, Mean>>();
  for (const { tagId, gatewayId, rssi } of sightings) {
    const id = bare(tagId);
    if (!places.has(id) || bare(gatewayId) === id) continue;
    const own = heard.get(id) ?? new Map<GatewayId, Mean>();
    const mean = own.get(gatewayId) ?? { count: 0, sum: 0, squares: 0 };
    mean.count++;
    mean.sum += rssi;
    mean.squares += rssi * rssi;
    heard.set(id, own.set(gatewayId, mean));
  }
  return [...heard].flatMap(([id, own]) => {
    const place = places.get(id);
    return place === undefined
      ? []
      : [{ ...place, heard: [...own].map(([gatewayId, mean]) => heardOf(gatewayId, mean)) }];
  });
}

/** Tag ids are spelled without separators, gateways' as their makers do. */
const bare = (id: string): string => id.toLowerCase().replaceAll(/[^0-9a-z]/g, '');

const heardOf = (gatewayId: GatewayId, { count, sum, squares }: Mean) => ({
  gatewayId,
  rssi: Math.round((100 * sum) / count) / 100,
  sd: Math.round(100 * Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))) / 100,
  count,
});

import type { z } from 'zod';
import type { Nearest, RouteLeg, Site, WalkingPoint } from '../core';
import type { NearestDto } from './asset.dto';
import type { AssetViews } from './asset-views';
import type { Asset } from './asset';
import type { Place } from './places';

/** A place one may walk to, and what stands there. */
export interface Candidate extends WalkingPoint {
  readonly asset: Asset;
  readonly place: Place;
}

export type NearestAsset = Nearest<Candidate>;

export type NearestAnswer = z.input<typeof NearestDto.schema>;

/** What is found, as the API says it. @param now epoch ms */
export function nearestAnswer(
  from: WalkingPoint,
  found: readonly NearestAsset[],
  views: AssetViews,
  site: Site,
  now: number,
): NearestAnswer {
  return {
    now,
    from: { levelId: from.levelId, x: from.x, y: from.y, unitId: from.unitId ?? null },
    results: found.map(({ item: { asset, place }, route }) => {
      const unit = place.zoneId === null ? undefined : site.unitById.get(place.zoneId);
      const level = site.levelById.get(place.levelId);
      return {
        asset: views.view(asset, now),
        unit: unit === undefined ? null : { id: unit.id, name: unit.name, number: unit.number },
        level: level === undefined ? null : { id: level.id, name: level.name, ordinal: level.ordinal },
        metres: round(route.metres),
        seconds: round(route.seconds),
        ageMs: Math.max(0, now - place.at),
        zoneProbability: place.zoneProbability,
        route: { type: 'FeatureCollection' as const, features: route.legs.map(toFeature) },
      };
    }),
  };
}

function toFeature({ levelId, metres, by, points }: RouteLeg) {
  const coordinates = points.map(([x, y]): [number, number] => [round(x), round(y)]);
  // A line has two ends, also where one only steps out of a lift.
  const [only] = coordinates;
  if (coordinates.length === 1 && only !== undefined) coordinates.push(only);
  return {
    type: 'Feature' as const,
    properties: { levelId, metres: round(metres), by },
    geometry: { type: 'LineString' as const, coordinates },
  };
}

/** Centimetres and hundredths of a second are enough. */
const round = (value: number): number => Math.round(value * 100) / 100;

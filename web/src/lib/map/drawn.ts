import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { AssetView } from '../../../../src/live/protocol';
import type { Frame, Position, RouteLeg, TrailPoint } from '../api/types';
import { fadeStep, type ShownPlace } from '../assets/place';
import type { Marker } from './dots/marker';
import { toLngLat } from './frame';

const collect = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });
const feature = (geometry: Geometry, properties: Feature['properties'] = {}): Feature => ({
  type: 'Feature',
  geometry,
  properties,
});
const placed = (frame: Frame, points: readonly Position[]): [number, number][] => points.map((p) => toLngLat(frame, p));

export function markerOf(
  asset: AssetView,
  place: ShownPlace,
  look: { icon: string; selected: boolean; looked: boolean; now: number },
): Marker {
  return {
    id: asset.id,
    x: place.x,
    y: place.y,
    icon: look.icon,
    status: asset.availability.status,
    fade: fadeStep(place, look.now),
    selected: look.selected,
    radius: look.looked ? place.radius90 : null,
  };
}

export const spot = (point: Position, frame: Frame): FeatureCollection =>
  collect([feature({ type: 'Point', coordinates: toLngLat(frame, point) })]);

/** The stretches of a route on one level. */
export const routeOn = (levelId: string, legs: readonly RouteLeg[], frame: Frame): FeatureCollection =>
  collect(
    legs
      .filter((leg) => leg.properties.levelId === levelId && leg.geometry.coordinates.length > 1)
      .map((leg) => feature({ type: 'LineString', coordinates: placed(frame, leg.geometry.coordinates) })),
  );

/** Steps of strength, so that a line can be drawn in few pieces. */
const strengths = 4;
const stopMs = 3 * 60_000;

/** The trail on one level, oldest first, stronger towards now; a point where it stood for three minutes. */
export function trailOn(levelId: string, points: readonly TrailPoint[], frame: Frame): FeatureCollection {
  const features: Feature[] = [];
  points.forEach((point, i) => {
    const next = points[i + 1];
    if (point.levelId !== levelId || next === undefined) return;
    const strength = 0.25 + (0.75 * Math.ceil(((i + 1) / points.length) * strengths)) / strengths;
    if (next.levelId === levelId) {
      const line = placed(frame, [
        [point.x, point.y],
        [next.x, next.y],
      ]);
      features.push(feature({ type: 'LineString', coordinates: line }, { strength }));
    }
    if (next.at - point.at >= stopMs) {
      features.push(feature({ type: 'Point', coordinates: toLngLat(frame, [point.x, point.y]) }, { strength }));
    }
  });
  return collect(features);
}

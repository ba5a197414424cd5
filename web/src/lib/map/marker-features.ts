import type { Feature, FeatureCollection, Point } from 'geojson';
import type { Marker } from './fix-diff';

export function markerFeature({ lng, lat, ...properties }: Marker): Feature<Point> {
  return { type: 'Feature', geometry: { type: 'Point', coordinates: [lng, lat] }, properties };
}

export const markerCollection = (markers: Iterable<Marker>): FeatureCollection => ({
  type: 'FeatureCollection',
  features: Array.from(markers, markerFeature),
});

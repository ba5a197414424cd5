import type { FeatureCollection } from 'geojson';
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { MapColours } from '../theme/map-colours';
import type { LayerMaker } from './layer';
import { labelLayers, sectionLayers } from './layers/labels';
import { planLayers } from './layers/plan';
import { routeLayers } from './layers/route';
import { trailLayers } from './layers/trail';

export const emptyCollection: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** Sources, all GeoJSON made on the device. */
export const sourceIds = [
  'floor',
  'units',
  'walls',
  'doors',
  'fixtures',
  'labels',
  'sections',
  'route',
  'trail',
  'here',
] as const;
export type SourceId = (typeof sourceIds)[number];

/** Bottom to top. */
const makers: readonly LayerMaker[] = [planLayers, labelLayers, trailLayers, routeLayers, sectionLayers];

/** No tiles, no glyphs, no sprite: nothing to fetch. */
export const baseStyle = ({ map }: MapColours): StyleSpecification => ({
  version: 8,
  sources: {},
  layers: [{ id: 'outside', type: 'background', paint: { 'background-color': map.outside } }],
});

export const allLayers = (colours: MapColours, ppm: number): LayerSpecification[] =>
  makers.flatMap((make) => make(colours, ppm));

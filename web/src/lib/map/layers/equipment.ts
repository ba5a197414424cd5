import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl';
import type { MapColours } from '../../theme/map-colours';
import type { LayerMaker } from '../layer';
import type { Clusters } from '../map-engine';
import { zoomAt } from './widths';

/** The dots. One source, no element of the page per tag; small plain shapes far out, pictograms nearer. */
export const equipmentLayers: LayerMaker = ({ map }, ppm) => {
  const near = zoomAt(7.2, ppm);
  const scale: ExpressionSpecification = [
    'interpolate',
    ['linear'],
    ['zoom'],
    zoomAt(3, ppm),
    0.26,
    near,
    0.34,
    near + 0.01,
    0.5,
    zoomAt(14, ppm),
    0.62,
    zoomAt(40, ppm),
    0.95,
  ];
  const picture: ExpressionSpecification = ['concat', ['get', 'kind'], ':', ['get', 'status']];
  const alone: FilterSpecification = ['!', ['has', 'point_count']];
  const common = {
    type: 'symbol',
    paint: { 'icon-opacity': ['match', ['get', 'fade'], 0, 1, 1, 0.82, 2, 0.6, 0.42] },
  } satisfies Partial<SymbolLayerSpecification>;
  const layout = {
    'icon-size': scale,
    'icon-allow-overlap': true,
    'icon-ignore-placement': true,
    'symbol-sort-key': ['match', ['get', 'status'], 'free', 2, 'unknown', 0, 1],
  } satisfies SymbolLayerSpecification['layout'];
  const plain: ExpressionSpecification = ['concat', 'dot:', ['get', 'status']];
  const far = { ...common, maxzoom: near, layout: { ...layout, 'icon-image': plain } };
  const close = { ...common, minzoom: near, layout: { ...layout, 'icon-image': picture } };
  return [
    { ...far, id: 'crowd-far', source: 'crowd', filter: alone },
    { ...close, id: 'crowd', source: 'crowd', filter: alone },
    ...clusterLayers(map),
    { ...far, id: 'equipment-far', source: 'equipment' },
    { ...close, id: 'equipment', source: 'equipment' },
    {
      id: 'equipment-halo',
      type: 'circle',
      source: 'chosen',
      paint: {
        'circle-radius': 25,
        'circle-color': map.accent,
        'circle-opacity': 0.22,
        'circle-stroke-color': map.accent,
        'circle-stroke-width': 3,
      },
    },
    {
      id: 'equipment-selected',
      type: 'symbol',
      source: 'chosen',
      layout: { 'icon-image': picture, 'icon-size': 1, 'icon-allow-overlap': true, 'icon-ignore-placement': true },
    },
  ];
};

/** Many in one place: how many, on a disc as large as they are many. */
const clusterLayers = (map: MapColours['map']): LayerSpecification[] => [
  {
    id: 'crowd-cluster',
    type: 'circle',
    source: 'crowd',
    filter: ['has', 'point_count'],
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['get', 'point_count'], 4, 13, 50, 19, 500, 27],
      'circle-color': map.halo,
      'circle-stroke-color': map.accent,
      'circle-stroke-width': 2.5,
    },
  },
  {
    id: 'crowd-count',
    type: 'symbol',
    source: 'crowd',
    filter: ['has', 'point_count'],
    layout: {
      'text-field': ['get', 'point_count_abbreviated'],
      'text-font': ['system-ui', 'Roboto', 'Semi Bold', 'sans-serif'],
      'text-size': 13,
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: { 'text-color': map.text },
  },
];

/** Dots of a crowd are drawn one by one from this zoom on. */
export const crowdClusters = (ppm: number): Clusters => ({
  maxZoom: Math.floor(zoomAt(12, ppm)),
  radius: 38,
  fewest: 4,
});

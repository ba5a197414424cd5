import type { ExpressionSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import type { LayerMaker } from '../layer';
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
  const common = {
    type: 'symbol',
    source: 'equipment',
    filter: ['!', ['get', 'selected']],
    paint: { 'icon-opacity': ['match', ['get', 'fade'], 0, 1, 1, 0.82, 2, 0.6, 0.42] },
  } satisfies Partial<SymbolLayerSpecification>;
  const layout = {
    'icon-size': scale,
    'icon-allow-overlap': true,
    'icon-ignore-placement': true,
    'symbol-sort-key': ['match', ['get', 'status'], 'free', 2, 'unknown', 0, 1],
  } satisfies SymbolLayerSpecification['layout'];
  return [
    {
      ...common,
      id: 'equipment-far',
      maxzoom: near,
      layout: { ...layout, 'icon-image': ['concat', 'dot:', ['get', 'status']] },
    },
    { ...common, id: 'equipment', minzoom: near, layout: { ...layout, 'icon-image': picture } },
    {
      id: 'equipment-halo',
      type: 'circle',
      source: 'equipment',
      filter: ['get', 'selected'],
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
      source: 'equipment',
      filter: ['get', 'selected'],
      layout: { 'icon-image': picture, 'icon-size': 1, 'icon-allow-overlap': true, 'icon-ignore-placement': true },
    },
  ];
};

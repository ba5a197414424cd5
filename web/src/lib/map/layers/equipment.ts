import type { ExpressionSpecification } from 'maplibre-gl';
import type { LayerMaker } from '../layer';
import { zoomAt } from './widths';

/** The dots. One source, no element of the page per tag; small plain shapes far out, pictograms nearer. */
export const equipmentLayers: LayerMaker = ({ map }, ppm) => {
  const near = Math.floor(zoomAt(11, ppm));
  const scale = (factor: number): ExpressionSpecification => [
    'interpolate',
    ['linear'],
    ['zoom'],
    zoomAt(4, ppm),
    0.24 * factor,
    near,
    0.4 * factor,
    near + 0.01,
    0.56 * factor,
    zoomAt(40, ppm),
    0.95 * factor,
  ];
  const image: ExpressionSpecification = [
    'step',
    ['zoom'],
    ['concat', 'dot:', ['get', 'status']],
    near,
    ['concat', ['get', 'kind'], ':', ['get', 'status']],
  ];
  const picked: ExpressionSpecification = ['concat', ['get', 'kind'], ':', ['get', 'status']];
  return [
    {
      id: 'equipment',
      type: 'symbol',
      source: 'equipment',
      filter: ['!', ['get', 'selected']],
      layout: {
        'icon-image': image,
        'icon-size': scale(1),
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': ['case', ['==', ['get', 'status'], 'free'], 1, 0],
      },
      paint: { 'icon-opacity': ['match', ['get', 'fade'], 0, 1, 1, 0.82, 2, 0.6, 0.42] },
    },
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
      layout: { 'icon-image': picked, 'icon-size': 1, 'icon-allow-overlap': true, 'icon-ignore-placement': true },
    },
  ];
};

import type { LayerMaker } from '../layer';

/** Where a thing went in the last hour: a thin line that is darker the newer it is, with a point at each stop. */
export const trailLayers: LayerMaker = ({ map }) => [
  {
    id: 'trail',
    type: 'line',
    source: 'trail',
    filter: ['==', ['geometry-type'], 'LineString'],
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: {
      'line-color': map.accent,
      'line-width': 2.5,
      'line-opacity': ['get', 'strength'],
      'line-dasharray': [0.2, 1.8],
    },
  },
  {
    id: 'trail-stops',
    type: 'circle',
    source: 'trail',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: {
      'circle-radius': 4,
      'circle-color': map.halo,
      'circle-stroke-color': map.accent,
      'circle-stroke-width': 2,
      'circle-opacity': ['get', 'strength'],
      'circle-stroke-opacity': ['get', 'strength'],
    },
  },
];

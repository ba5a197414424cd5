import type { LayerMaker } from '../layer';

/** The way to the nearest one, and where it starts. */
export const routeLayers: LayerMaker = ({ map }) => [
  {
    id: 'route-casing',
    type: 'line',
    source: 'route',
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': map.halo, 'line-width': 9, 'line-opacity': 0.9 },
  },
  {
    id: 'route',
    type: 'line',
    source: 'route',
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': map.route, 'line-width': 5 },
  },
  {
    id: 'here-halo',
    type: 'circle',
    source: 'here',
    paint: { 'circle-radius': 17, 'circle-color': map.here, 'circle-opacity': 0.2 },
  },
  {
    id: 'here',
    type: 'circle',
    source: 'here',
    paint: {
      'circle-radius': 8,
      'circle-color': map.here,
      'circle-stroke-color': map.halo,
      'circle-stroke-width': 3,
    },
  },
];

import type { LayerMaker } from '../layer';

/** Where a thing is nine times in ten: a soft disc with a dashed edge. */
export const uncertaintyLayers: LayerMaker = ({ map }) => [
  {
    id: 'uncertainty',
    type: 'fill',
    source: 'uncertainty',
    paint: { 'fill-color': map.accent, 'fill-opacity': 0.12 },
  },
  {
    id: 'uncertainty-edge',
    type: 'line',
    source: 'uncertainty',
    paint: { 'line-color': map.accent, 'line-width': 1.5, 'line-dasharray': [3, 2.5], 'line-opacity': 0.85 },
  },
];

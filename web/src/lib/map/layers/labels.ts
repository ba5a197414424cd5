import type { ExpressionSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import type { LayerMaker } from '../layer';
import { zoomAt } from './widths';

/** Families are the page's own: text is drawn on this device, nothing is fetched. The last word sets the weight. */
const regular = ['system-ui', 'Roboto', 'sans-serif'];
const strong = ['system-ui', 'Roboto', 'Semi Bold', 'sans-serif'];

/** A name steps aside for the reader's own place, and for nothing else that it could stand next to. */
const besides: SymbolLayerSpecification['layout'] = {
  'text-variable-anchor': ['center', 'bottom', 'top', 'left', 'right'],
  'text-radial-offset': 1.9,
  'text-justify': 'center',
};
/** Long names never go to the side: they would end beyond the edge of a small screen. */
const aboveOrBelow: typeof besides = {
  ...besides,
  'text-variable-anchor': ['center', 'bottom', 'top'],
  'text-radial-offset': 2.2,
};

/** Room numbers, then names nearer, each only where the room is wide enough to hold it. */
export const labelLayers: LayerMaker = ({ map }, ppm) => {
  const roomAt = (depth: number): ExpressionSpecification => ['>=', ['get', 'room'], depth];
  const number: ExpressionSpecification = ['get', 'number'];
  const both: ExpressionSpecification = [
    'case',
    ['==', ['get', 'number'], ''],
    ['get', 'title'],
    ['==', ['get', 'title'], ''],
    ['get', 'number'],
    ['concat', ['get', 'title'], '\n', ['get', 'number']],
  ];
  // Text is laid out anew at whole zooms only.
  const numbers = Math.floor(zoomAt(13, ppm));
  const [names, all] = [numbers + 1, numbers + 2];
  return [
    {
      id: 'unit-labels',
      type: 'symbol',
      source: 'labels',
      minzoom: numbers,
      filter: ['all', ['!=', ['get', 'role'], 'core'], ['!=', ['get', 'role'], 'corridor']],
      layout: {
        'text-field': [
          'step',
          ['zoom'],
          ['case', roomAt(1.9), number, ''],
          names,
          ['case', roomAt(2.2), both, roomAt(1.1), number, ''],
          all,
          ['case', roomAt(0.9), both, number],
        ],
        'text-font': regular,
        'text-size': ['interpolate', ['linear'], ['zoom'], numbers, 10, all + 1, 14],
        'text-max-width': 7,
        'text-padding': 1,
        ...besides,
        'symbol-sort-key': ['get', 'order'],
      },
      paint: { 'text-color': map['text-soft'], 'text-halo-color': map.halo, 'text-halo-width': 1.6 },
    },
    {
      id: 'core-signs',
      type: 'symbol',
      source: 'labels',
      minzoom: zoomAt(9, ppm),
      filter: ['all', ['==', ['get', 'role'], 'core'], ['has', 'sign'], ['!=', ['get', 'sign'], null]],
      layout: {
        'icon-image': ['concat', 'sign:', ['get', 'sign']],
        'icon-size': ['interpolate', ['linear'], ['zoom'], zoomAt(9, ppm), 0.55, zoomAt(30, ppm), 1],
      },
    },
  ];
};

/** Department names far out: they say what a crowd of dots is in. The dots lie over them. */
export const sectionLayers: LayerMaker = ({ map }, ppm) => [
  {
    id: 'section-labels',
    type: 'symbol',
    source: 'sections',
    maxzoom: zoomAt(26, ppm),
    layout: {
      'text-field': ['get', 'title'],
      'text-font': strong,
      'text-size': ['interpolate', ['linear'], ['zoom'], zoomAt(5, ppm), 11, zoomAt(16, ppm), 15],
      'text-letter-spacing': 0.03,
      'text-max-width': 9,
      'text-padding': 4,
      ...aboveOrBelow,
    },
    paint: { 'text-color': map.text, 'text-halo-color': map.halo, 'text-halo-width': 1.8, 'text-opacity': 0.92 },
  },
  {
    id: 'here-space',
    type: 'symbol',
    source: 'here',
    layout: { 'icon-image': 'space', 'icon-allow-overlap': true },
  },
];

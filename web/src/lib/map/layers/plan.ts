import type { ExpressionSpecification } from 'maplibre-gl';
import type { LayerMaker } from '../layer';
import { metres, zoomAt } from './widths';

/** Floor, rooms in their department's tint, furniture, walls, doors: drawn in this order. */
export const planLayers: LayerMaker = ({ map, sections }, ppm) => {
  const tint: ExpressionSpecification = [
    'match',
    ['get', 'tint'],
    0,
    sections[0] ?? map.room,
    ...sections.slice(1).flatMap((colour, i) => [i + 1, colour]),
    map.room,
  ];
  return [
    { id: 'floor', type: 'fill', source: 'floor', paint: { 'fill-color': map.floor } },
    {
      id: 'units',
      type: 'fill',
      source: 'units',
      filter: ['!=', ['get', 'role'], 'void'],
      paint: {
        'fill-color': ['match', ['get', 'role'], 'corridor', map.floor, 'core', map.core, tint],
        'fill-antialias': false,
      },
    },
    {
      id: 'voids',
      type: 'fill',
      source: 'units',
      filter: ['==', ['get', 'role'], 'void'],
      paint: { 'fill-color': map.outside },
    },
    {
      id: 'room-here',
      type: 'fill',
      source: 'units',
      filter: ['==', ['get', 'id'], ''],
      paint: { 'fill-color': map.here, 'fill-opacity': 0.16 },
    },
    {
      id: 'room-chosen',
      type: 'fill',
      source: 'units',
      filter: ['==', ['get', 'id'], ''],
      paint: { 'fill-color': map.accent, 'fill-opacity': 0.2 },
    },
    {
      id: 'fixtures',
      type: 'fill',
      source: 'fixtures',
      minzoom: zoomAt(7, ppm),
      paint: { 'fill-color': map.fixture, 'fill-outline-color': map['fixture-line'] },
    },
    {
      id: 'walls',
      type: 'line',
      source: 'walls',
      filter: ['==', ['get', 'part'], 'wall'],
      layout: { 'line-join': 'miter', 'line-cap': 'square' },
      paint: { 'line-color': map.wall, 'line-width': metres(0.14, ppm) },
    },
    {
      id: 'outline',
      type: 'line',
      source: 'walls',
      filter: ['==', ['get', 'part'], 'outline'],
      layout: { 'line-join': 'miter' },
      paint: { 'line-color': map.outline, 'line-width': metres(0.26, ppm) },
    },
    {
      id: 'doors',
      type: 'line',
      source: 'doors',
      filter: ['==', ['get', 'part'], 'gap'],
      paint: { 'line-color': map.floor, 'line-width': metres(0.42, ppm) },
    },
    {
      id: 'door-leaves',
      type: 'line',
      source: 'doors',
      minzoom: zoomAt(10, ppm),
      filter: ['==', ['get', 'part'], 'leaf'],
      paint: { 'line-color': map.door, 'line-width': 1 },
    },
  ];
};

import type { ExpressionSpecification } from 'maplibre-gl';

/** A width in metres as pixels at every zoom. `ppm` is pixels a metre at zoom 0. */
export const metres = (width: number, ppm: number): ExpressionSpecification => [
  'interpolate',
  ['exponential', 2],
  ['zoom'],
  14,
  width * ppm * 2 ** 14,
  24,
  width * ppm * 2 ** 24,
];

/** Zoom at which a metre is this many pixels wide. */
export const zoomAt = (pixels: number, ppm: number): number => Math.log2(pixels / ppm);

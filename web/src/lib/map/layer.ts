import type { LayerSpecification } from 'maplibre-gl';
import type { MapColours } from '../theme/map-colours';

/** The layers of one concern, bottom first. `ppm`: pixels a metre at zoom 0. Called again on a change of theme. */
export type LayerMaker = (colours: MapColours, ppm: number) => LayerSpecification[];

/** The paint of a layer, property by property. A library's setter is typed for one property at a time: one stands for all. */
export const paintOf = (layer: LayerSpecification): ['fill-color', string][] =>
  Object.entries(layer.paint ?? {}) as ['fill-color', string][];

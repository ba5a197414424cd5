import type { LayerSpecification } from 'maplibre-gl';
import type { MapColours } from '../theme/map-colours';

/** The layers of one concern, bottom first. `ppm`: pixels a metre at zoom 0. Called again on a change of theme. */
export type LayerMaker = (colours: MapColours, ppm: number) => LayerSpecification[];

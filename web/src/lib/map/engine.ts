import type { FeatureCollection } from 'geojson';
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Marker, MarkerDiff } from './fix-diff';

export type Corners = [southWest: [number, number], northEast: [number, number]];

export interface Padding {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** How far the middle of what padding leaves lies from the middle of the map. */
export const middleOf = ({ top, right, bottom, left }: Padding): [x: number, y: number] => [
  (left - right) / 2,
  (top - bottom) / 2,
];

/** All the app asks of a map library. Coordinates are [lng, lat]; sources are GeoJSON with `id` as a property. */
export interface MapEngine {
  readonly library: 'maplibre' | 'mapbox';
  addSource(id: string): void;
  setData(source: string, content: FeatureCollection): void;
  /** Starts the source afresh with these markers. */
  setMarkers(source: string, markers: ReadonlyMap<string, Marker>): void;
  applyDiff(source: string, diff: MarkerDiff, all: ReadonlyMap<string, Marker>): void;
  addLayer(layer: LayerSpecification): void;
  /** Paints a layer already there as this one says. */
  repaint(layer: LayerSpecification): void;
  filter(layer: string, filter: Extract<LayerSpecification, { type: 'fill' }>['filter']): void;
  putImage(name: string, image: ImageData, ratio: number): void;
  fit(corners: Corners, options: { padding: Padding; maxZoom?: number; bearing?: number; glideMs: number }): void;
  glideTo(center: [number, number], options: { minZoom: number; padding: Padding; ms: number }): void;
  zoomBy(steps: number): void;
  isInView(at: [number, number], padding: Padding): boolean;
  /** Ids of the features of these layers near a point of the screen, topmost first. */
  idsAt(point: { x: number; y: number }, layers: readonly string[], reach: number): string[];
  onClick(listen: (at: [number, number], point: { x: number; y: number }) => void): void;
  onHover(listen: (point: { x: number; y: number } | null) => void): void;
  cursor(style: string): void;
  resize(): void;
  remove(): void;
}

export interface EngineOptions {
  readonly container: HTMLElement;
  readonly style: StyleSpecification;
  readonly corners: Corners;
  readonly padding: Padding;
  readonly bearing: number;
  readonly label: string;
}

/**
 * The only place that chooses the library: `mapbox-gl` when a token is configured, `maplibre-gl` otherwise or when the
 * token is refused. Each is fetched only when chosen.
 */
export async function startEngine(
  token: string | null,
  options: EngineOptions,
  tokenRefused: () => void,
): Promise<MapEngine> {
  if (token !== null) {
    const { startMapbox } = await import('./engine-mapbox');
    const engine = await startMapbox(token, options);
    if (engine !== null) return engine;
    tokenRefused();
  }
  const { startMaplibre } = await import('./engine-maplibre');
  return startMaplibre(options);
}

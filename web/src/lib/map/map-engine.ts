import type { FeatureCollection } from 'geojson';
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';

/** `bearing`: degrees clockwise from north that point up. */
export interface View {
  readonly center: [lng: number, lat: number];
  readonly zoom: number;
  readonly bearing: number;
}

/** All the app asks of a map library. Coordinates are [lng, lat]; sources are GeoJSON with `id` as a property. */
export interface MapEngine {
  readonly library: 'maplibre' | 'mapbox';
  addSource(id: string): void;
  setData(source: string, content: FeatureCollection): void;
  addLayer(layer: LayerSpecification): void;
  /** Paints a layer already there as this one says. */
  repaint(layer: LayerSpecification): void;
  filter(layer: string, filter: Extract<LayerSpecification, { type: 'fill' }>['filter']): void;
  putImage(name: string, image: ImageData, ratio: number): void;
  /** Where the map looks: the middle of the screen, glided to over `ms`. */
  look(view: View, ms: number): void;
  /** Pixels. */
  size(): { readonly width: number; readonly height: number };
  zoom(): number;
  zoomBy(steps: number): void;
  /** Pixels from the map's top left corner. */
  project(at: [number, number]): { x: number; y: number };
  /** Called in every frame the map has drawn. */
  onDrawn(listen: () => void): void;
  /** Whether all there is has been drawn and nothing moves, said each time that changes, or more often. */
  onRest(listen: (rests: boolean) => void): void;
  onClick(listen: (at: [number, number], point: { x: number; y: number }) => void): void;
  onHover(listen: (point: { x: number; y: number } | null) => void): void;
  cursor(style: string): void;
  resize(): void;
  remove(): void;
}

export interface EngineOptions {
  readonly container: HTMLElement;
  readonly style: StyleSpecification;
  readonly view: View;
  readonly label: string;
}

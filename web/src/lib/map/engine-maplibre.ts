import { type GeoJSONSource, Map as MaplibreMap, type MapMouseEvent, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { EngineOptions, MapEngine } from './map-engine';
import { paintOf } from './layer';
import { emptyCollection } from './style';

/** maplibre-gl behind MapEngine. Needs no network at all: style, text and pictures are made on the device. */
export async function startMaplibre(options: EngineOptions): Promise<MapEngine> {
  setWorkerUrl(workerUrl);
  const map = new MaplibreMap({
    container: options.container,
    style: options.style,
    ...options.view,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 23,
    fadeDuration: 120,
    locale: { 'Map.Title': options.label },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  await new Promise<void>((resolve, reject) => {
    map.once('load', () => resolve());
    map.once('error', ({ error }) => reject(new Error('maplibre-gl did not start', { cause: error })));
  });
  map.on('error', ({ error }) => console.error(error));
  const source = (id: string): GeoJSONSource => {
    const found = map.getSource<GeoJSONSource>(id);
    if (found === undefined) throw new Error(`No map source ${id}`);
    return found;
  };
  return {
    library: 'maplibre',
    addSource: (id) =>
      void map.addSource(id, {
        type: 'geojson',
        data: emptyCollection,
        promoteId: 'id',
        maxzoom: 20,
        tolerance: 0.1,
      }),
    setData: (id, content) => void source(id).setData(content),
    addLayer: (layer) => void map.addLayer(layer),
    repaint(layer) {
      for (const [key, value] of paintOf(layer)) map.setPaintProperty(layer.id, key, value);
    },
    filter: (layer, filter) => void map.setFilter(layer, filter),
    putImage(name, image, ratio) {
      if (map.hasImage(name)) map.updateImage(name, image);
      else map.addImage(name, image, { pixelRatio: ratio });
    },
    look(view, ms) {
      if (ms === 0) map.jumpTo(view);
      else map.easeTo({ ...view, duration: ms });
    },
    size: () => ({ width: map.getContainer().clientWidth, height: map.getContainer().clientHeight }),
    zoom: () => map.getZoom(),
    zoomBy: (steps) => void map.zoomTo(map.getZoom() + steps),
    project: (at) => map.project(at),
    onDrawn: (listen) => void map.on('render', () => listen()),
    onRest(listen) {
      for (const unrest of ['dataloading', 'movestart', 'render'] as const) map.on(unrest, () => listen(false));
      map.on('idle', () => listen(true));
    },
    onClick: (listen) =>
      void map.on('click', ({ lngLat, point }: MapMouseEvent) => listen([lngLat.lng, lngLat.lat], point)),
    onHover(listen) {
      map.on('mousemove', ({ point }: MapMouseEvent) => listen(point));
      map.on('mouseout', () => listen(null));
    },
    cursor: (style) => void (map.getCanvas().style.cursor = style),
    resize: () => void map.resize(),
    remove: () => map.remove(),
  };
}

import {
  type GeoJSONSource,
  type GeoJSONSourceDiff,
  Map as MaplibreMap,
  type MapMouseEvent,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { Clusters, EngineOptions, MapEngine } from './map-engine';
import { paintOf } from './layer';
import { markerCollection, markerFeature } from './marker-features';
import { emptyCollection } from './style';
import type { MarkerDiff } from './fix-diff';

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
    addSource: (id, clusters) =>
      void map.addSource(id, {
        type: 'geojson',
        data: emptyCollection,
        promoteId: 'id',
        maxzoom: 20,
        tolerance: 0.1,
        ...(clusters === undefined ? {} : clustered(clusters)),
      }),
    setData: (id, content) => void source(id).setData(content),
    setMarkers: (id, markers) => void source(id).setData(markerCollection(markers.values())),
    applyDiff: (id, diff) => void source(id).updateData(toSourceDiff(diff)),
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
    idsAt: ({ x, y }, layers, reach) =>
      map
        .queryRenderedFeatures(
          [
            [x - reach, y - reach],
            [x + reach, y + reach],
          ],
          { layers: [...layers] },
        )
        .map((feature) => String(feature.properties['id'])),
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

function toSourceDiff({ remove, add, update }: MarkerDiff): GeoJSONSourceDiff {
  return {
    remove: [...remove],
    add: add.map(markerFeature),
    update: update.map(({ id, at, changed }) => ({
      id,
      ...(at === null ? {} : { newGeometry: { type: 'Point', coordinates: [at[0], at[1]] } }),
      addOrUpdateProperties: Object.entries(changed).map(([key, value]) => ({ key, value })),
    })),
  };
}

const clustered = ({ maxZoom, radius, fewest }: Clusters) => ({
  cluster: true,
  clusterMaxZoom: maxZoom,
  clusterRadius: radius,
  clusterMinPoints: fewest,
});

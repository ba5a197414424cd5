import mapboxgl from 'mapbox-gl';
import 'mapbox-gl/dist/mapbox-gl.css';
import type { EngineOptions, MapEngine } from './map-engine';
import { paintOf } from './layer';
import { emptyCollection } from './style';

/** mapbox-gl behind MapEngine. It draws before it knows whether its token is good: `tokenRefused` may come any time. */
export async function startMapbox(token: string, options: EngineOptions, tokenRefused: () => void): Promise<MapEngine> {
  const map = new mapboxgl.Map({
    accessToken: token,
    container: options.container,
    // Text is drawn from the device's fonts; mapbox-gl still wants an address for glyphs.
    style: { ...options.style, glyphs: 'mapbox://fonts/mapbox/{fontstack}/{range}.pbf' } as mapboxgl.StyleSpecification,
    localFontFamily: 'system-ui, Roboto, sans-serif',
    ...options.view,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 23,
    projection: 'mercator',
  });
  map.touchZoomRotate.disableRotation();
  await new Promise<void>((resolve) => {
    let refused = false;
    map.on('error', ({ error }) => {
      if (!isRefusal(error)) console.error(error);
      else if (!refused) {
        refused = true;
        tokenRefused();
        resolve();
      }
    });
    map.once('load', () => resolve());
  });
  const source = (id: string): mapboxgl.GeoJSONSource => {
    const found = map.getSource<mapboxgl.GeoJSONSource>(id);
    if (found === undefined) throw new Error(`No map source ${id}`);
    return found;
  };
  return {
    library: 'mapbox',
    addSource: (id) =>
      void map.addSource(id, {
        type: 'geojson',
        data: emptyCollection,
        promoteId: 'id',
        maxzoom: 20,
        tolerance: 0.1,
      }),
    setData: (id, content) => void source(id).setData(content),
    addLayer: (layer) => void map.addLayer(layer as mapboxgl.LayerSpecification),
    repaint(layer) {
      for (const [key, value] of paintOf(layer)) map.setPaintProperty(layer.id, key, value);
    },
    filter: (layer, filter) => void map.setFilter(layer, filter as mapboxgl.FilterSpecification),
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
    onClick: (listen) => void map.on('click', ({ lngLat, point }) => listen([lngLat.lng, lngLat.lat], point)),
    onHover(listen) {
      map.on('mousemove', ({ point }) => listen(point));
      map.on('mouseout', () => listen(null));
    },
    cursor: (style) => void (map.getCanvas().style.cursor = style),
    resize: () => void map.resize(),
    remove: () => map.remove(),
  };
}

/** Mapbox's answer to a token it does not know, or whose account may not be used from here. */
const isRefusal = (error: Error): boolean =>
  ('status' in error && (error.status === 401 || error.status === 403)) || /access token/i.test(error.message);

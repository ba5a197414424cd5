import type { FeatureCollection } from 'geojson';
import type { Frame, LevelHead, Position } from '../api/types';
import type { MapColours } from '../theme/map-colours';
import { drawMarkers, drawSigns } from './markers';
import { type EngineOptions, type MapEngine, type Padding, startEngine } from './engine';
import { diffMarkers, isEmptyDiff, type Marker } from './fix-diff';
import { lngLatBounds, pixelsPerMetre, planBearing, toLngLat, toMetres } from './frame';
import type { PlanSources } from './plan-features';
import { allLayers, baseStyle, emptyCollection, sourceIds, type SourceId } from './style';

/** How far from a dot a finger may land, pixels. */
const reach = 14;
const closest = 21.6;

export interface PlanMapListener {
  /** A dot was tapped, or an empty place of the plan. */
  asset(id: string): void;
  ground(point: Position): void;
  hover(id: string | null): void;
}

/** The plan on the screen. Speaks metres; what library draws it is the engine's affair. */
export class PlanMap {
  #markers: ReadonlyMap<string, Marker> = new Map();

  private constructor(
    private readonly engine: MapEngine,
    private readonly frame: Frame,
    private readonly icons: ReadonlyMap<string, string>,
    private readonly still: () => boolean,
  ) {}

  static async start(
    token: string | null,
    place: { container: HTMLElement; frame: Frame; level: LevelHead; padding: Padding; label: string },
    look: { colours: MapColours; icons: ReadonlyMap<string, string>; still: () => boolean },
    tokenRefused: () => void,
  ): Promise<PlanMap> {
    const { container, frame, level, padding, label } = place;
    const options: EngineOptions = {
      container,
      label,
      padding,
      style: baseStyle(look.colours),
      corners: lngLatBounds(frame, level.bounds),
      bearing: planBearing(frame),
    };
    const engine = await startEngine(token, options, tokenRefused);
    const map = new PlanMap(engine, frame, look.icons, look.still);
    map.#draw(look.colours);
    map.fitLevel(level, padding, false);
    return map;
  }

  #draw(colours: MapColours): void {
    for (const id of sourceIds) this.engine.addSource(id);
    this.#putImages(colours);
    for (const layer of allLayers(colours, pixelsPerMetre(this.frame))) this.engine.addLayer(layer);
  }

  #putImages(colours: MapColours): void {
    for (const { name, image, ratio } of [...drawMarkers(this.icons, colours), ...drawSigns(colours)]) {
      this.engine.putImage(name, image, ratio);
    }
  }

  recolour(colours: MapColours): void {
    const [outside] = baseStyle(colours).layers;
    if (outside !== undefined) this.engine.repaint(outside);
    for (const layer of allLayers(colours, pixelsPerMetre(this.frame))) this.engine.repaint(layer);
    this.#putImages(colours);
  }

  showPlan(sources: PlanSources): void {
    for (const id of ['floor', 'units', 'walls', 'doors', 'fixtures', 'labels', 'sections'] as const) {
      this.engine.setData(id, sources[id]);
    }
  }

  /** Dots by id; only what changed is sent to the map. */
  showMarkers(markers: ReadonlyMap<string, Marker>): void {
    const diff = diffMarkers(this.#markers, markers);
    if (isEmptyDiff(diff)) return;
    if (this.#markers.size === 0) this.engine.setMarkers('equipment', markers);
    else this.engine.applyDiff('equipment', diff, markers);
    this.#markers = markers;
  }

  show(source: Extract<SourceId, 'uncertainty' | 'route' | 'trail' | 'here'>, content: FeatureCollection | null): void {
    this.engine.setData(source, content ?? emptyCollection);
  }

  tintRooms(here: string | null, chosen: string | null): void {
    this.engine.filter('room-here', ['==', ['get', 'id'], here ?? '']);
    this.engine.filter('room-chosen', ['==', ['get', 'id'], chosen ?? '']);
  }

  fitLevel({ bounds }: LevelHead, padding: Padding, glide = true): void {
    this.engine.fit(lngLatBounds(this.frame, bounds), {
      padding,
      bearing: planBearing(this.frame),
      glideMs: glide ? this.#glide(500) : 0,
    });
  }

  /** Brings these points into view together, never nearer than reads well. */
  fitPoints(points: readonly Position[], padding: Padding): void {
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    if (points.length === 0) return;
    const bounds = { minX: Math.min(...xs), minY: Math.min(...ys), maxX: Math.max(...xs), maxY: Math.max(...ys) };
    this.engine.fit(lngLatBounds(this.frame, bounds), {
      padding,
      bearing: planBearing(this.frame),
      maxZoom: closest - 0.8,
      glideMs: this.#glide(600),
    });
  }

  /** Moves only when the point is out of sight or the plan is too far out to tell one room from the next. */
  reveal(point: Position, padding: Padding, always = false): void {
    const at = toLngLat(this.frame, point);
    if (!always && this.engine.isInView(at, padding)) return;
    this.engine.glideTo(at, { minZoom: Math.log2(14 / pixelsPerMetre(this.frame)), padding, ms: this.#glide(500) });
  }

  zoom(steps: number): void {
    this.engine.zoomBy(steps);
  }

  listen(listener: PlanMapListener): void {
    const assetAt = (point: { x: number; y: number }, within: number): string | undefined =>
      this.engine.idsAt(point, ['equipment-selected', 'equipment'], within)[0];
    this.engine.onClick((at, point) => {
      const id = assetAt(point, 4) ?? assetAt(point, reach);
      if (id !== undefined) listener.asset(id);
      else listener.ground(toMetres(this.frame, at));
    });
    this.engine.onHover((point) => {
      const id = point === null ? null : (assetAt(point, 2) ?? null);
      this.engine.cursor(id === null ? '' : 'pointer');
      listener.hover(id);
    });
  }

  resize(): void {
    this.engine.resize();
  }

  remove(): void {
    this.engine.remove();
  }

  #glide(ms: number): number {
    return this.still() ? 0 : ms;
  }
}

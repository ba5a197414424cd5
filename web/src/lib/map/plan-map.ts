import type { FeatureCollection } from 'geojson';
import type { Frame, LevelHead, Position } from '../api/types';
import type { MapColours } from '../theme/map-colours';
import { drawMarkers, drawSigns } from './markers';
import { startEngine } from './engine';
import type { EngineOptions, MapEngine, View } from './map-engine';
import { diffMarkers, isEmptyDiff, type Marker } from './fix-diff';
import { pixelsPerMetre, planBearing, toLngLat, toMetres } from './frame';
import { boundsOf, frameAt, frameBounds, type Framing, keepOver, type Padding } from './framing';
import { Glides } from './glide';
import { crowdClusters } from './layers/equipment';
import { type MarkerSource, sortMarkers } from './marker-sources';
import type { PlanSources } from './plan-features';
import { allLayers, baseStyle, emptyCollection, sourceIds, type SourceId } from './style';

/** How far from a dot a finger may land, pixels. */
const reach = 14;
const dotLayers = ['equipment-selected', 'equipment', 'equipment-far', 'crowd', 'crowd-far'];
/** Pixels a metre: the nearest the map goes by itself, and what it takes to tell rooms apart. */
const nearest = 26;
const readable = 13;

export interface PlanMapListener {
  /** Dots were tapped (several when they lie on top of each other), or an empty place of the plan. */
  assets(ids: readonly string[]): void;
  ground(point: Position): void;
  hover(id: string | null): void;
}

/** The plan on the screen. Speaks metres; what library draws it is the engine's affair. */
export class PlanMap {
  #sent: Record<MarkerSource, ReadonlyMap<string, Marker>> = { equipment: new Map(), crowd: new Map() };
  #chosen: ReadonlyMap<string, Marker> = new Map();
  readonly #glides = new Glides();
  #frameAsked = 0;

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
      style: baseStyle(look.colours),
      view: viewOf(frameBounds(level.bounds, sizeOf(container), padding), frame),
    };
    const engine = await startEngine(token, options, tokenRefused);
    const map = new PlanMap(engine, frame, look.icons, look.still);
    map.#draw(look.colours);
    return map;
  }

  #draw(colours: MapColours): void {
    const ppm = pixelsPerMetre(this.frame);
    for (const id of sourceIds) this.engine.addSource(id, id === 'crowd' ? crowdClusters(ppm) : undefined);
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
    const { chosen, equipment, crowd } = sortMarkers(markers);
    this.#send('equipment', equipment);
    this.#send('crowd', crowd);
    this.#chosen = chosen;
    const targets = new Map(Array.from(chosen, ([id, { lng, lat }]) => [id, [lng, lat] as const]));
    this.#glides.aim(targets, performance.now(), this.still());
    if (this.#frameAsked === 0) this.#drawChosen();
  }

  #send(source: MarkerSource, markers: ReadonlyMap<string, Marker>): void {
    const before = this.#sent[source];
    const diff = diffMarkers(before, markers);
    if (isEmptyDiff(diff)) return;
    if (before.size === 0 || markers.size === 0) this.engine.setMarkers(source, markers);
    else this.engine.applyDiff(source, diff, markers);
    this.#sent[source] = markers;
  }

  /** Once a frame while it glides, else once. */
  #drawChosen(): void {
    this.#frameAsked = 0;
    const now = performance.now();
    const placed = Array.from(this.#chosen, ([id, marker]): [string, Marker] => {
      const [lng, lat] = this.#glides.at(id, now) ?? [marker.lng, marker.lat];
      return [id, { ...marker, lng, lat }];
    });
    this.engine.setMarkers('chosen', new Map(placed));
    if (this.#glides.moving(now)) this.#frameAsked = requestAnimationFrame(() => this.#drawChosen());
  }

  show(source: Extract<SourceId, 'uncertainty' | 'route' | 'trail' | 'here'>, content: FeatureCollection | null): void {
    this.engine.setData(source, content ?? emptyCollection);
  }

  tintRooms(here: string | null, chosen: string | null): void {
    this.engine.filter('room-here', ['==', ['get', 'id'], here ?? '']);
    this.engine.filter('room-chosen', ['==', ['get', 'id'], chosen ?? '']);
  }

  fitLevel({ bounds }: LevelHead, padding: Padding): void {
    this.#look(frameBounds(bounds, this.engine.size(), padding), 500);
  }

  /** Brings these points into view together, never nearer than reads well. */
  fitPoints(points: readonly Position[], padding: Padding): void {
    if (points.length === 0) return;
    this.#look(frameBounds(boundsOf(points), this.engine.size(), padding, nearest), 600);
  }

  /** Moves only when the point is out of sight, or the plan too far out to tell one room from the next. */
  reveal(point: Position, { bounds }: LevelHead, padding: Padding): void {
    const { x, y } = this.engine.project(toLngLat(this.frame, point));
    const { width, height } = this.engine.size();
    const inSight = x > padding.left && x < width - padding.right && y > padding.top && y < height - padding.bottom;
    const scale = pixelsPerMetre(this.frame) * 2 ** this.engine.zoom();
    if (inSight && scale >= readable * 0.8) return;
    const framing = frameAt(point, Math.max(scale, readable), padding);
    this.#look(keepOver(framing, bounds, this.engine.size(), padding), 500);
  }

  #look(framing: Framing, ms: number): void {
    this.engine.look(viewOf(framing, this.frame), this.still() ? 0 : ms);
  }

  zoom(steps: number): void {
    this.engine.zoomBy(steps);
  }

  listen(listener: PlanMapListener): void {
    const assetsAt = (point: { x: number; y: number }, within: number): string[] => [
      ...new Set(this.engine.idsAt(point, dotLayers, within)),
    ];
    this.engine.onClick((at, point) => {
      const exact = assetsAt(point, 5);
      const ids = exact.length > 0 ? exact : assetsAt(point, reach);
      if (ids.length > 0) listener.assets(ids);
      else if (this.engine.idsAt(point, ['crowd-cluster'], 5).length > 0) this.#lookInto(at);
      else listener.ground(toMetres(this.frame, at));
    });
    this.engine.onHover((point) => {
      const id = point === null ? null : (assetsAt(point, 2)[0] ?? null);
      this.engine.cursor(id === null ? '' : 'pointer');
      listener.hover(id);
    });
  }

  /** A cluster is opened by going nearer. */
  #lookInto(at: [number, number]): void {
    const view = { center: at, zoom: this.engine.zoom() + 1.7, bearing: planBearing(this.frame) };
    this.engine.look(view, this.still() ? 0 : 400);
  }

  resize(): void {
    this.engine.resize();
  }

  remove(): void {
    cancelAnimationFrame(this.#frameAsked);
    this.engine.remove();
  }
}

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement) => ({ width: clientWidth, height: clientHeight });

const viewOf = ({ middle, scale }: Framing, frame: Frame): View => ({
  center: toLngLat(frame, middle),
  zoom: Math.log2(scale / pixelsPerMetre(frame)),
  bearing: planBearing(frame),
});

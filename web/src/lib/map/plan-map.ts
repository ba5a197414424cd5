import type { FeatureCollection } from 'geojson';
import type { Frame, LevelHead, Position } from '../api/types';
import type { MapColours } from '../theme/map-colours';
import { Dots } from './dots/dots';
import type { Marker } from './dots/marker';
import { screenOf } from './dots/screen';
import { startEngine } from './engine';
import type { EngineOptions, MapEngine, View } from './map-engine';
import { pixelsPerMetre, planBearing, toLngLat, toMetres } from './frame';
import { boundsOf, frameAt, frameBounds, type Framing, keepOver, type Padding } from './framing';
import type { PlanSources } from './plan-features';
import { drawSigns } from './signs';
import { allLayers, baseStyle, emptyCollection, sourceIds, type SourceId } from './style';

/** How far from a dot a finger may land, pixels. */
const reach = 14;
/** Pixels a metre: the nearest the map goes by itself, and what it takes to tell rooms apart. */
const nearest = 26;
const readable = 13;

export interface PlanMapListener {
  /** Dots were tapped (several when they lie on top of each other), or an empty place of the plan. */
  assets(ids: readonly string[]): void;
  ground(point: Position): void;
  hover(id: string | null): void;
  /** Whether the plan and its names are all drawn, and nothing moves but dots. */
  rest(rests: boolean): void;
}

/** The plan on the screen. Speaks metres; what library draws it is the engine's affair. */
export class PlanMap {
  private constructor(
    private readonly engine: MapEngine,
    private readonly dots: Dots,
    private readonly frame: Frame,
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
    const dots = new Dots(container, look.icons, look.colours, look.still);
    const map = new PlanMap(engine, dots, frame, look.still);
    map.#draw(look.colours);
    return map;
  }

  #draw(colours: MapColours): void {
    for (const id of sourceIds) this.engine.addSource(id);
    this.#putImages(colours);
    for (const layer of allLayers(colours, pixelsPerMetre(this.frame))) this.engine.addLayer(layer);
    this.#follow();
    this.engine.onDrawn(() => this.#follow());
  }

  #follow(): void {
    this.dots.look(screenOf(this.frame, (at) => this.engine.project(at)));
  }

  #putImages(colours: MapColours): void {
    for (const { name, image, ratio } of drawSigns(colours)) this.engine.putImage(name, image, ratio);
  }

  recolour(colours: MapColours): void {
    const [outside] = baseStyle(colours).layers;
    if (outside !== undefined) this.engine.repaint(outside);
    for (const layer of allLayers(colours, pixelsPerMetre(this.frame))) this.engine.repaint(layer);
    this.#putImages(colours);
    this.dots.recolour(colours);
  }

  showPlan(sources: PlanSources): void {
    for (const id of ['floor', 'units', 'walls', 'doors', 'fixtures', 'labels', 'sections'] as const) {
      this.engine.setData(id, sources[id]);
    }
  }

  showMarkers(markers: Iterable<Marker>): void {
    this.dots.show(markers);
  }

  show(source: Extract<SourceId, 'route' | 'trail' | 'here'>, content: FeatureCollection | null): void {
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
    this.engine.onRest((rests) => listener.rest(rests));
    this.engine.onClick((at, point) => {
      const exact = this.dots.idsAt(point, 5);
      const ids = exact.length > 0 ? exact : this.dots.idsAt(point, reach);
      if (ids.length > 0) listener.assets(ids);
      else if (this.dots.isClusterAt(point, 5)) this.#lookInto(at);
      else listener.ground(toMetres(this.frame, at));
    });
    this.engine.onHover((point) => {
      const id = point === null ? null : (this.dots.idsAt(point, 2)[0] ?? null);
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
    this.#follow();
    this.dots.resize();
  }

  remove(): void {
    this.dots.remove();
    this.engine.remove();
  }
}

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement) => ({ width: clientWidth, height: clientHeight });

const viewOf = ({ middle, scale }: Framing, frame: Frame): View => ({
  center: toLngLat(frame, middle),
  zoom: Math.log2(scale / pixelsPerMetre(frame)),
  bearing: planBearing(frame),
});

import type { MapColours } from '../../theme/map-colours';
import { Glides } from './glide';
import { type Cluster, gather } from './gather';
import { type Marker, sortMarkers } from './marker';
import { drawChosen, drawClusters, type Drawing, drawMarker } from './draw';
import { Pane } from './pane';
import { isSameScreen, onScreen, type Screen } from './screen';
import { aloneFrom, clusterSize, crowdFrom, dotSize, fewest, fullSize, gatherFrom, hasPictogram } from './sizes';
import { Sprites } from './sprites';

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The dots, on two sheets over the map: all that lie still below, the chosen ones above, which glide. The map itself is
 * not drawn anew when dots move; when the map moves, the sheets are drawn anew in the same frame.
 */
export class Dots {
  readonly #crowd: Pane;
  readonly #top: Pane;
  readonly #glides = new Glides();
  #sprites: Sprites;
  #others: readonly Marker[] = [];
  #chosen: readonly Marker[] = [];
  #alone: readonly Marker[] = [];
  #clusters: readonly Cluster[] = [];
  /** Metres clusters were gathered from; 0 when there are none. */
  #gathered = -1;
  #screen: Screen | null = null;
  #frameAsked = 0;

  constructor(
    container: HTMLElement,
    private readonly icons: ReadonlyMap<string, string>,
    private colours: MapColours,
    private readonly still: () => boolean,
  ) {
    this.#crowd = new Pane(container);
    this.#top = new Pane(container);
    this.#sprites = new Sprites(icons, colours);
  }

  recolour(colours: MapColours): void {
    this.colours = colours;
    this.#sprites = new Sprites(this.icons, colours);
    this.#drawAll();
  }

  show(markers: Iterable<Marker>): void {
    const { chosen, others } = sortMarkers(markers);
    this.#chosen = chosen;
    this.#others = others;
    this.#gathered = -1;
    const targets = new Map(chosen.map(({ id, x, y }) => [id, [x, y] as const]));
    this.#glides.aim(targets, performance.now(), this.still());
    this.#drawCrowd();
    if (this.#frameAsked === 0) this.#drawChosen();
  }

  /** The map looks elsewhere. */
  look(screen: Screen): void {
    if (this.#screen !== null && isSameScreen(this.#screen, screen)) return;
    this.#screen = screen;
    this.#drawAll();
  }

  /** Drawn anew at another size of the window. */
  resize(): void {
    this.#drawAll();
  }

  /** Ids of the dots within reach of a point of the screen, topmost first. */
  idsAt(point: Point, reach: number): string[] {
    const screen = this.#screen;
    if (screen === null) return [];
    const half = dotSize(screen.scale) / 2;
    const among = (markers: readonly Marker[], radius: number): string[] =>
      markers
        .filter(({ x, y }) => isWithin(onScreen(screen, x, y), point, radius + reach))
        .map(({ id }) => id)
        .reverse();
    return [...among(this.#placed(), fullSize / 2), ...among(this.#alone, half)];
  }

  isClusterAt(point: Point, reach: number): boolean {
    const screen = this.#screen;
    return (
      screen !== null &&
      this.#clusters.some(({ x, y, count }) => isWithin(onScreen(screen, x, y), point, clusterSize(count) + reach))
    );
  }

  remove(): void {
    cancelAnimationFrame(this.#frameAsked);
    this.#crowd.remove();
    this.#top.remove();
  }

  #drawAll(): void {
    this.#drawCrowd();
    if (this.#frameAsked === 0) this.#drawChosen();
  }

  #drawing(context: CanvasRenderingContext2D, screen: Screen, size: Drawing['size']): Drawing {
    return { context, screen, size, sprites: this.#sprites, colours: this.colours };
  }

  #drawCrowd(): void {
    const screen = this.#screen;
    if (screen === null) return;
    this.#gather(screen.scale);
    const width = dotSize(screen.scale);
    const pictograms = hasPictogram(screen.scale);
    this.#crowd.draw((context, size) => {
      const drawing = this.#drawing(context, screen, size);
      for (const marker of this.#alone) drawMarker(drawing, marker, { width, pictogram: pictograms });
      drawClusters(drawing, this.#clusters);
    });
  }

  /** Anew only when dots moved or the zoom went a half step: panning leaves clusters as they are. */
  #gather(scale: number): void {
    const isCrowd = this.#others.length >= crowdFrom && scale < aloneFrom;
    const radius = isCrowd ? gatherFrom / 2 ** (Math.round(Math.log2(scale) * 2) / 2) : 0;
    if (this.#gathered === radius) return;
    this.#gathered = radius;
    const { alone, clusters } = isCrowd ? gather(this.#others, radius, fewest) : { alone: this.#others, clusters: [] };
    this.#alone = alone;
    this.#clusters = clusters;
  }

  /** The chosen ones where they are on their way. */
  #placed(now = performance.now()): readonly Marker[] {
    return this.#chosen.map((marker) => {
      const [x, y] = this.#glides.at(marker.id, now) ?? [marker.x, marker.y];
      return { ...marker, x, y };
    });
  }

  /** Once a frame while it glides, else once. */
  #drawChosen(): void {
    this.#frameAsked = 0;
    const screen = this.#screen;
    if (screen === null) return;
    const now = performance.now();
    this.#top.draw((context, size) => drawChosen(this.#drawing(context, screen, size), this.#placed(now)));
    if (this.#glides.moving(now)) this.#frameAsked = requestAnimationFrame(() => this.#drawChosen());
  }
}

const isWithin = ([x, y]: readonly [number, number], point: Point, reach: number): boolean =>
  Math.max(Math.abs(x - point.x), Math.abs(y - point.y)) <= reach;

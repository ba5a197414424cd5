import type { AvailabilityStatus } from '../../../../../src/live/protocol';
import type { MapColours } from '../../theme/map-colours';

/** The drawing's own pixels. */
const size = 88;
const middle = size / 2;

/**
 * Pictures of dots, each drawn when it is first asked for, at the very size it is shown: a crowd is then copied to the
 * screen without scaling. Availability is told by shape before colour: circle, square, diamond, crossed-out, hollow.
 */
export class Sprites {
  /** Bounded by kinds, availabilities and the few dozen whole sizes; all go with the theme. */
  readonly #drawn = new Map<string, OffscreenCanvas>();

  constructor(
    private readonly icons: ReadonlyMap<string, string>,
    private readonly colours: MapColours,
  ) {}

  /** @param icon null is the plain dot for when the map is far out @param pixels of the screen itself */
  of(status: AvailabilityStatus, icon: string | null, pixels: number): OffscreenCanvas {
    const key = `${icon ?? ''}:${status}:${pixels}`;
    const known = this.#drawn.get(key);
    if (known !== undefined) return known;
    const path = icon === null ? null : (this.icons.get(icon) ?? null);
    const drawn = draw(status, this.colours, path, pixels);
    this.#drawn.set(key, drawn);
    return drawn;
  }
}

function draw(status: AvailabilityStatus, colours: MapColours, icon: string | null, pixels: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(pixels, pixels);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser has no canvas');
  const colour = colours.status[status];
  const line = colours.map['marker-line'];
  const shape = outline(status);
  const scale = pixels / size;
  context.scale(scale, scale);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.shadowColor = 'rgb(0 0 0 / 30%)';
  // Shadows are measured in pixels of the picture, not of the drawing.
  context.shadowBlur = 5 * scale;
  context.shadowOffsetY = 2 * scale;
  context.strokeStyle = line;
  context.lineWidth = 7;
  context.stroke(shape);
  context.shadowColor = 'transparent';
  context.fillStyle = status === 'unknown' ? line : colour;
  context.fill(shape);
  const ink = status === 'unknown' ? colour : line;
  if (status === 'unknown') ring(context, shape, colour);
  if (icon !== null) stamp(context, icon, ink);
  if (status === 'out-of-service') cross(context, colour, line);
  return canvas;
}

function outline(status: AvailabilityStatus): Path2D {
  const path = new Path2D();
  if (status === 'in-use') path.roundRect(middle - 29, middle - 29, 58, 58, 12);
  else if (status === 'needs-cleaning') diamond(path);
  else path.arc(middle, middle, 31, 0, 2 * Math.PI);
  return path;
}

function diamond(path: Path2D): void {
  const box = new Path2D();
  box.roundRect(-28, -28, 56, 56, 10);
  path.addPath(box, new DOMMatrix().translate(middle, middle).rotate(45));
}

function ring(context: OffscreenCanvasRenderingContext2D, shape: Path2D, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 5;
  context.stroke(shape);
}

function stamp(context: OffscreenCanvasRenderingContext2D, icon: string, ink: string): void {
  const scale = 1.62;
  context.save();
  context.translate(middle - 12 * scale, middle - 12 * scale);
  context.scale(scale, scale);
  context.strokeStyle = ink;
  context.lineWidth = 1.9;
  context.stroke(new Path2D(icon));
  context.restore();
}

function cross(context: OffscreenCanvasRenderingContext2D, colour: string, line: string): void {
  const bar = new Path2D();
  bar.moveTo(middle - 25, middle + 25);
  bar.lineTo(middle + 25, middle - 25);
  context.strokeStyle = colour;
  context.lineWidth = 15;
  context.stroke(bar);
  context.strokeStyle = line;
  context.lineWidth = 6;
  context.stroke(bar);
}

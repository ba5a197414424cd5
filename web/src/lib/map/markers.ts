import type { AvailabilityStatus } from '../../../../src/live/protocol';
import type { MapColours } from '../theme/map-colours';
import { signIcons } from '../ui/icon-paths';

/** Availability is told by shape before colour: circle, square, diamond, crossed-out, hollow. */
export const markerStatuses: readonly AvailabilityStatus[] = [
  'free',
  'in-use',
  'needs-cleaning',
  'out-of-service',
  'unknown',
];

/** Pixels of the drawing, at twice the size shown. */
const size = 88;
const ratio = 2;
const middle = size / 2;

export interface MarkerImage {
  readonly name: string;
  readonly image: ImageData;
  readonly ratio: number;
}

export const markerName = (kind: string, status: string): string => `${kind}:${status}`;
export const dotName = (status: string): string => `dot:${status}`;

/** A marker per kind and availability, and the small plain one for when the map is far out. */
export function drawMarkers(icons: ReadonlyMap<string, string>, colours: MapColours): MarkerImage[] {
  const images: MarkerImage[] = [];
  for (const status of markerStatuses) {
    images.push({ name: dotName(status), image: draw(status, colours, null), ratio });
    for (const [kind, path] of icons) {
      images.push({ name: markerName(kind, status), image: draw(status, colours, path), ratio });
    }
  }
  return images;
}

function draw(status: AvailabilityStatus, colours: MapColours, icon: string | null): ImageData {
  const context = new OffscreenCanvas(size, size).getContext('2d');
  if (context === null) throw new Error('This browser has no canvas');
  const colour = colours.status[status];
  const line = colours.map['marker-line'];
  const shape = outline(status);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.shadowColor = 'rgb(0 0 0 / 30%)';
  context.shadowBlur = 5;
  context.shadowOffsetY = 2;
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
  return context.getImageData(0, 0, size, size);
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

/** As wide as the reader's own dot, pixels: names keep clear of it. */
const clearing = 34;

/** Signs of lifts and stairs, and the space around the reader's own dot. */
export function drawSigns(colours: MapColours): MarkerImage[] {
  const signs = (['lift', 'stairs'] as const).map((sign): MarkerImage => {
    const context = new OffscreenCanvas(48, 48).getContext('2d');
    if (context === null) throw new Error('This browser has no canvas');
    context.lineJoin = 'round';
    context.lineCap = 'round';
    context.scale(2, 2);
    context.strokeStyle = colours.map['text-soft'];
    context.lineWidth = 1.9;
    context.stroke(new Path2D(signIcons[sign]));
    return { name: `sign:${sign}`, image: context.getImageData(0, 0, 48, 48), ratio };
  });
  return [...signs, { name: 'space', image: new ImageData(clearing, clearing), ratio: 1 }];
}

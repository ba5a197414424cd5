import type { MapColours } from '../../theme/map-colours';
import type { Cluster } from './gather';
import type { Marker } from './marker';
import { onScreen, type Screen } from './screen';
import { clusterSize, fullSize } from './sizes';
import type { Sprites } from './sprites';

/** What there is to draw on, and with. */
export interface Drawing {
  readonly context: CanvasRenderingContext2D;
  readonly size: { readonly width: number; readonly height: number };
  readonly screen: Screen;
  readonly sprites: Sprites;
  readonly colours: MapColours;
}

/** How strong a dot is by its fade. */
const strengths = [1, 0.82, 0.6, 0.42];

/** @param look how wide, in pixels, and whether with the pictogram of its kind */
export function drawMarker(
  { context, screen, size, sprites }: Drawing,
  { x, y, icon, status, fade }: Marker,
  look: { readonly width: number; readonly pictogram: boolean },
): void {
  const [left, top] = onScreen(screen, x, y);
  const half = look.width / 2;
  if (left < -half || top < -half || left > size.width + half || top > size.height + half) return;
  const pixels = Math.round(look.width * devicePixelRatio);
  const wide = pixels / devicePixelRatio;
  // On whole pixels it is copied, between them it would be blurred.
  const whole = (at: number): number => Math.round((at - wide / 2) * devicePixelRatio) / devicePixelRatio;
  context.globalAlpha = strengths[fade] ?? 1;
  context.drawImage(sprites.of(status, look.pictogram ? icon : null, pixels), whole(left), whole(top), wide, wide);
  context.globalAlpha = 1;
}

/** Many in one place: how many, on a disc as large as they are many. */
export function drawClusters({ context, screen, colours: { map } }: Drawing, clusters: readonly Cluster[]): void {
  context.font = '600 13px system-ui, Roboto, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineWidth = 2.5;
  context.strokeStyle = map.accent;
  for (const { x, y, count } of clusters) {
    const [left, top] = onScreen(screen, x, y);
    disc(context, left, top, clusterSize(count));
    context.fillStyle = map.halo;
    context.fill();
    context.stroke();
    context.fillStyle = map.text;
    context.fillText(count < 1_000 ? String(count) : `${(count / 1_000).toFixed(1)}k`, left, top + 1);
  }
}

/** The chosen ones, large and ringed, over where each may be. */
export function drawChosen(drawing: Drawing, markers: readonly Marker[]): void {
  for (const marker of markers) drawAround(drawing, marker);
  for (const marker of markers) {
    drawHalo(drawing, marker);
    drawMarker(drawing, { ...marker, fade: 0 }, { width: fullSize, pictogram: true });
  }
}

/** Where a thing is nine times in ten: a soft disc with a dashed edge. */
function drawAround({ context, screen, colours: { map } }: Drawing, { x, y, radius }: Marker): void {
  if (radius === null) return;
  disc(context, ...onScreen(screen, x, y), radius * screen.scale);
  context.fillStyle = map.accent;
  context.globalAlpha = 0.12;
  context.fill();
  context.globalAlpha = 0.85;
  context.strokeStyle = map.accent;
  context.lineWidth = 1.5;
  context.setLineDash([4.5, 3.75]);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function drawHalo({ context, screen, colours: { map } }: Drawing, { x, y }: Marker): void {
  disc(context, ...onScreen(screen, x, y), 25);
  context.fillStyle = map.accent;
  context.globalAlpha = 0.22;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = map.accent;
  context.lineWidth = 3;
  context.stroke();
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

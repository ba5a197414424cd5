import type { MapColours } from '../theme/map-colours';
import { signIcons } from '../ui/icon-paths';

export interface SignImage {
  readonly name: string;
  readonly image: ImageData;
  readonly ratio: number;
}

/** As wide as the reader's own dot, pixels: names keep clear of it. */
const clearing = 34;

/** Signs of lifts and stairs, and the space around the reader's own dot. */
export function drawSigns(colours: MapColours): SignImage[] {
  const signs = (['lift', 'stairs'] as const).map((sign): SignImage => {
    const context = new OffscreenCanvas(48, 48).getContext('2d');
    if (context === null) throw new Error('This browser has no canvas');
    context.lineJoin = 'round';
    context.lineCap = 'round';
    context.scale(2, 2);
    context.strokeStyle = colours.map['text-soft'];
    context.lineWidth = 1.9;
    context.stroke(new Path2D(signIcons[sign]));
    return { name: `sign:${sign}`, image: context.getImageData(0, 0, 48, 48), ratio: 2 };
  });
  return [...signs, { name: 'space', image: new ImageData(clearing, clearing), ratio: 1 }];
}

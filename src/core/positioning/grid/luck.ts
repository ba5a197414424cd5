import { type Heard, placeVariance, told } from './likelihood';
import { cells, places } from './listed-cells';
import type { Window } from './window';

const degrees = 5;

/**
 * How much too strong a signal seems for having been heard at all: of a weak tag only what is louder than usual is. By as
 * much a likelihood cut off below `endDbm` draws a level down: the slope of the log share of a Student's t of five degrees
 * that lies above, in closed form, times its scale. dB.
 * @param scaleDb how far levels of places and single looks vary
 */
export function luckOf(dBm: number, scaleDb: number, endDbm: number): number {
  const t = (dBm - endDbm) / scaleDb;
  const angle = Math.atan(t / Math.sqrt(degrees));
  const cos = Math.cos(angle);
  const share = 0.5 + (angle + Math.sin(angle) * cos * (1 + (2 / 3) * cos * cos)) / Math.PI;
  const density = 8 / (3 * Math.PI * Math.sqrt(degrees)) / (1 + (t * t) / degrees) ** 3;
  return (scaleDb * density) / Math.max(leastShare, share);
}
/** Levels this far down are not heard, and the closed form loses its digits. */
const leastShare = 1e-6;

/** How much too strong a tag seems at a place to all gateways of a look together, dB. */
export function luckAt(place: number, { signals, expected }: Heard, endDbm: number): number {
  let sum = 0;
  for (let g = 0; g < signals.count; g++) {
    const map = expected.gateways[signals.gateway[g] ?? 0];
    if (map === undefined) continue;
    const variance = placeVariance(map.typicalVariance, signals.excess) + (signals.variance[g] ?? 0);
    sum += luckOf(map.mean[place] ?? 0, Math.sqrt(variance), endDbm) / variance;
  }
  return sum / told.knowledge;
}

/** Where on the level the last weighing left most. */
export function likeliestPlace({ rest, walk }: Window, count: number): number {
  const listed = cells;
  let best = 0;
  let most = -Infinity;
  for (let i = 0; i < count; i++) {
    const cell = listed[i] ?? 0;
    const weight = (rest[cell] ?? 0) + (walk[cell] ?? 0);
    if (weight <= most) continue;
    best = i;
    most = weight;
  }
  return places[best] ?? 0;
}

import { keepStrongest, mostGateways } from '../../radio/signals';
import type { News } from './news';

/**
 * What was heard of a tag since it rests: of each gateway its index in the model, the mean strength, dBm, and how many
 * sightings stand behind it. Looks at one place all err by the same map: only their mean tells anything.
 */
export type RestMemory = Float32Array;

export const wordsPerGateway = 3;
/** Gateways remembered of one tag: the strongest. */
export const mostRemembered = 20;
/** Sightings of one gateway that count: a day changes what is heard of a tag that lies still. */
const mostSightings = 64;

export const nothingHeard: RestMemory = new Float32Array(0);

/** A memory of every length there is, by its number of gateways: to be written over again and again. */
export const memoryRoom = (): readonly RestMemory[] =>
  Array.from({ length: mostRemembered + 1 }, (_, gateways) => new Float32Array(gateways * wordsPerGateway));

const next = new Float32Array(mostRemembered * wordsPerGateway);

/** The memory with a look added to it. @param room where it goes; without it, into an array of its own */
export function remember(before: RestMemory, news: News, room?: readonly RestMemory[]): RestMemory {
  next.set(before);
  let length = before.length;
  for (let g = 0; g < news.count; g++) {
    const rssi = news.rssi[g] ?? 0;
    const sightings = news.fading / (news.variance[g] ?? 1);
    const i = placeOf(next, news.gateway[g] ?? 0, length);
    if (i < length) {
      const all = (next[i + 2] ?? 0) + sightings;
      const mean = next[i + 1] ?? 0;
      next[i + 1] = mean + ((rssi - mean) * sightings) / all;
      next[i + 2] = Math.min(mostSightings, all);
      continue;
    }
    const into = length < next.length ? length : weakestOf(length);
    if (into < length && (next[into + 1] ?? 0) >= rssi) continue;
    next[into] = news.gateway[g] ?? 0;
    next[into + 1] = rssi;
    next[into + 2] = sightings;
    length = Math.max(length, into + wordsPerGateway);
  }
  const out = room?.[length / wordsPerGateway] ?? new Float32Array(length);
  for (let i = 0; i < length; i++) out[i] = next[i] ?? 0;
  return out;
}

/** Where a gateway stands; `length` when it is not remembered. */
function placeOf(memory: RestMemory, gateway: number, length: number): number {
  let i = 0;
  while (i < length && memory[i] !== gateway) i += wordsPerGateway;
  return i;
}

function weakestOf(length: number): number {
  let weakest = 0;
  for (let i = wordsPerGateway; i < length; i += wordsPerGateway) {
    if ((next[i + 1] ?? 0) < (next[weakest + 1] ?? 0)) weakest = i;
  }
  return weakest;
}

/** Sightings of the gateway that heard the tag most. */
export function sightingsIn(memory: RestMemory): number {
  let most = 0;
  for (let i = 0; i < memory.length; i += wordsPerGateway) most = Math.max(most, memory[i + 2] ?? 0);
  return most;
}

/** Writes a memory into `out`, to be weighed as if it were one look that fades as `news` does. */
export function recall(memory: RestMemory, news: News, maxGateways: number, out: News): void {
  out.count = 0;
  out.present = 0;
  out.fading = news.fading;
  out.excess = news.excess;
  for (let i = 0; i < memory.length; i += wordsPerGateway) {
    const gateway = memory[i] ?? 0;
    if (out.present < mostGateways) out.heardBy[out.present++] = gateway;
    keepStrongest(out, gateway, memory[i + 1] ?? 0, news.fading / (memory[i + 2] ?? 1), maxGateways);
  }
}

/** What a strength may differ by where the tag has not moved, dB² (doors, people), and besides at another place. */
const unrest = 2;
const elsewhere = 16;
/** What one gateway may say at most. */
const mostSaid = 2;
/** Log-odds at which a tag is taken to have left. */
const gone = -3;

/**
 * Log-odds that a look is of the place remembered rather than of another: a ratio of normal likelihoods, gateway by gateway.
 * 0 when nothing is remembered.
 */
export function sameness(memory: RestMemory, news: News): number {
  let same = 0;
  for (let g = 0; g < news.count; g++) {
    const i = placeOf(memory, news.gateway[g] ?? 0, memory.length);
    const sightings = memory[i + 2] ?? 0;
    if (sightings < 1) continue;
    const here = (news.variance[g] ?? 0) + news.fading / sightings + unrest;
    const there = here + elsewhere;
    const square = ((news.rssi[g] ?? 0) - (memory[i + 1] ?? 0)) ** 2;
    const said = 0.5 * (Math.log(there / here) - square / here + square / there);
    same += Math.max(-mostSaid, Math.min(mostSaid, said));
  }
  return same;
}

/** Whether that is so little that the tag has left. */
export const isElsewhere = (same: number): boolean => same < gone;

/** What a change since the tag came to rest says of whether it still rests; that nothing has changed says nothing new. */
export const doubtOfRest = (same: number): number => doubtShare * Math.max(-mostDoubt, Math.min(0, same));

/** How much of the change counts, people pass by, and the most it may be, log-odds. */
const doubtShare = 0.7;
const mostDoubt = 6;

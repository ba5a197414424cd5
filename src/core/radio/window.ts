import type { Rules } from '../rules';

/**
 * Recent sightings of one tag. A track owns its window and works on it in place: in steady state nothing is allocated.
 * Gateways have slots, taken as they are heard and free again when nothing of theirs is left.
 */
export interface SightingWindow {
  /** Index in the model of the gateway in each slot, −1 in a free one; how many sightings it has in the window. */
  gateways: number[];
  counts: number[];
  /** Oldest first, from `begin` to `end`, two words for each: its instant, ms since the track's origin; its strength and slot. */
  samples: Int32Array;
  begin: number;
  end: number;
}

const wordsPerSample = 2;
/** Room for so many sightings more is made at a time. */
const growth = 8 * wordsPerSample;
/** A slot fits in a byte of a word; strengths are kept to 1/128 dB. */
const slotBits = 8;
const perDb = 128;
export const mostSlots = (1 << slotBits) - 1;
const free = -1;

export const openWindow = (): SightingWindow => ({
  gateways: [],
  counts: [],
  samples: new Int32Array(growth),
  begin: 0,
  end: 0,
});

export const slotIn = (word: number): number => word & mostSlots;
export const rssiIn = (word: number): number => (word >> slotBits) / perDb;
const wordOf = (rssi: number, slot: number): number => (Math.round(rssi * perDb) << slotBits) | slot;

/** Whether the window holds this very sighting: same gateway, same instant, same strength. */
export function holds({ gateways, samples, begin, end }: SightingWindow, heard: Heard): boolean {
  const slot = gateways.indexOf(heard.gateway);
  if (slot < 0) return false;
  const word = wordOf(heard.rssi, slot);
  for (let i = end - wordsPerSample; i >= begin; i -= wordsPerSample) {
    const at = samples[i] ?? 0;
    if (at < heard.at) return false;
    if (at === heard.at && samples[i + 1] === word) return true;
  }
  return false;
}

/** One sighting as a window keeps it: index of the gateway in the model, whole ms since the track's origin, dBm. */
export interface Heard {
  gateway: number;
  at: number;
  rssi: number;
}

/**
 * Adds a sighting in its place in time and forgets what is older than the window, and of a gateway's sightings the
 * oldest beyond its share. A gateway beyond the 255th at once is not listened to.
 */
export function slideWindow(window: SightingWindow, heard: Heard, until: number, rules: Rules): void {
  const slot = takeSlot(window, heard.gateway);
  if (slot >= 0) {
    insert(window, heard.at, wordOf(heard.rssi, slot));
    window.counts[slot] = (window.counts[slot] ?? 0) + 1;
  }
  forgetOld(window, until, rules);
  while (slot >= 0 && (window.counts[slot] ?? 0) > rules.samplesPerGateway) forgetOldest(window, slot);
}

/** Moves all instants back: the origin they count from has moved ahead. */
export function shiftWindow({ samples, begin, end }: SightingWindow, byMs: number): void {
  for (let i = begin; i < end; i += wordsPerSample) samples[i] = (samples[i] ?? 0) - byMs;
}

/** Gateways heard in the window. */
export function countGateways({ gateways }: SightingWindow): number {
  let count = 0;
  for (const gateway of gateways) if (gateway !== free) count++;
  return count;
}

function takeSlot(window: SightingWindow, gateway: number): number {
  const { gateways, counts } = window;
  const known = gateways.indexOf(gateway);
  if (known >= 0) return known;
  const freed = gateways.indexOf(free);
  const slot = freed >= 0 ? freed : gateways.length;
  if (slot >= mostSlots) return -1;
  if (slot === gateways.length) {
    // An array that is pushed to or spread keeps room for sixteen more and above: thousands of tags have windows.
    window.gateways = gateways.concat(gateway);
    window.counts = counts.concat(0);
    return slot;
  }
  gateways[slot] = gateway;
  counts[slot] = 0;
  return slot;
}

function insert(window: SightingWindow, at: number, word: number): void {
  if (window.end === window.samples.length) makeRoom(window);
  const { samples, begin } = window;
  let i = window.end;
  while (i > begin && (samples[i - wordsPerSample] ?? 0) > at) i -= wordsPerSample;
  samples.copyWithin(i + wordsPerSample, i, window.end);
  samples[i] = at;
  samples[i + 1] = word;
  window.end += wordsPerSample;
}

/** Moves the sightings to the front where there is room, or into a larger array. */
function makeRoom(window: SightingWindow): void {
  const held = window.samples.subarray(window.begin, window.end);
  if (window.begin === 0) window.samples = new Int32Array(window.samples.length + growth);
  window.samples.set(held);
  window.begin = 0;
  window.end = held.length;
}

/** The window reaches further back for a tag that no gateway hears twice in it: once does not show whether it stayed. */
function forgetOld(window: SightingWindow, until: number, { windowMs, longestWindowMs }: Rules): void {
  if ((window.samples[window.begin] ?? until) >= until - windowMs) return;
  const { samples, end } = window;
  const oldest = until - (isHeardTwice(window, until - windowMs) ? windowMs : longestWindowMs);
  while (window.begin < end && (samples[window.begin] ?? 0) < oldest) {
    release(window, slotIn(samples[window.begin + 1] ?? 0));
    window.begin += wordsPerSample;
  }
}

/** By slot: the last look at a window in which it was met. */
const metIn = new Float64Array(mostSlots);
let look = 0;

/** Whether one gateway has two sightings since an instant: the newest few tell, mostly. */
function isHeardTwice({ samples, begin, end }: SightingWindow, since: number): boolean {
  look++;
  for (let i = end - wordsPerSample; i >= begin && (samples[i] ?? 0) >= since; i -= wordsPerSample) {
    const slot = slotIn(samples[i + 1] ?? 0);
    if (metIn[slot] === look) return true;
    metIn[slot] = look;
  }
  return false;
}

function forgetOldest(window: SightingWindow, slot: number): void {
  const { samples, begin } = window;
  let i = begin;
  while (slotIn(samples[i + 1] ?? 0) !== slot) i += wordsPerSample;
  samples.copyWithin(begin + wordsPerSample, begin, i);
  window.begin += wordsPerSample;
  release(window, slot);
}

function release({ gateways, counts }: SightingWindow, slot: number): void {
  const left = (counts[slot] ?? 0) - 1;
  counts[slot] = left;
  if (left === 0) gateways[slot] = free;
}

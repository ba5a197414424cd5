import type { Rules } from '../rules';

/**
 * Recent sightings of one tag. A track owns its window and works on it in place: in steady state nothing is allocated.
 * Gateways have slots, taken as they are heard and free again when nothing of theirs is left.
 */
export interface SightingWindow {
  /** Index in the model of the gateway in each slot, −1 in a free one. */
  gateways: number[];
  /**
   * Oldest first, from `begin` to `end`, two short words for each: its instant, ms since the track's origin, which is
   * never farther than `farthestMs`; its strength and slot.
   */
  samples: Int16Array;
  begin: number;
  end: number;
}

/** Instants of a window lie so near its track's origin, ms: they fit in a short word. */
export const farthestMs = 32_767;

const wordsPerSample = 2;
/** Room for so many sightings more is made at a time. */
const growth = 4 * wordsPerSample;
/** A slot takes seven bits of a word; strengths are kept to half a dB, in nine bits from the least on. */
const slotBits = 7;
const perDb = 2;
const leastDbm = -160;
const strengthMask = 0x1ff;
export const mostSlots = (1 << slotBits) - 1;
const free = -1;

export const openWindow = (): SightingWindow => ({ gateways: [], samples: new Int16Array(growth), begin: 0, end: 0 });

export const slotIn = (word: number): number => word & mostSlots;
export const rssiIn = (word: number): number => ((word >> slotBits) & strengthMask) / perDb + leastDbm;
/** As it stands in a window, sign included. */
const wordOf = (rssi: number, slot: number): number =>
  (((Math.round((rssi - leastDbm) * perDb) << slotBits) | slot) << 16) >> 16;

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
 * oldest beyond its share. A gateway beyond the 127th at once is not listened to.
 */
export function slideWindow(window: SightingWindow, heard: Heard, until: number, rules: Rules): void {
  const slot = takeSlot(window, heard.gateway);
  if (slot >= 0) insert(window, heard.at, wordOf(heard.rssi, slot));
  forgetOld(window, until, rules);
  const most = rules.samplesPerGateway;
  if (slot < 0 || window.end - window.begin <= wordsPerSample * most) return;
  for (let over = countIn(window, slot) - most; over > 0; over--) forgetOldest(window, slot);
}

/** Moves all instants back, the origin they count from having moved ahead; what is too old for any window is forgotten. */
export function shiftWindow(window: SightingWindow, byMs: number, { longestWindowMs }: Rules): void {
  const { samples, end } = window;
  while (window.begin < end && (samples[window.begin] ?? 0) < byMs - longestWindowMs) forgetFirst(window);
  for (let i = window.begin; i < end; i += wordsPerSample) samples[i] = (samples[i] ?? 0) - byMs;
}

/** Gateways heard in the window. */
export function countGateways({ gateways }: SightingWindow): number {
  let count = 0;
  for (const gateway of gateways) if (gateway !== free) count++;
  return count;
}

function takeSlot(window: SightingWindow, gateway: number): number {
  const { gateways } = window;
  const known = gateways.indexOf(gateway);
  if (known >= 0) return known;
  const freed = gateways.indexOf(free);
  const slot = freed >= 0 ? freed : gateways.length;
  if (slot >= mostSlots) return -1;
  // An array that is pushed to or spread keeps room for sixteen more and above: thousands of tags have windows.
  if (slot === gateways.length) window.gateways = gateways.concat(gateway);
  else gateways[slot] = gateway;
  return slot;
}

function insert(window: SightingWindow, at: number, word: number): void {
  if (window.end === window.samples.length) makeRoom(window);
  const { samples, begin } = window;
  let i = window.end;
  while (i > begin && (samples[i - wordsPerSample] ?? 0) > at) i -= wordsPerSample;
  if (i < window.end) samples.copyWithin(i + wordsPerSample, i, window.end);
  samples[i] = at;
  samples[i + 1] = word;
  window.end += wordsPerSample;
}

/** Moves the sightings to the front where there is room, or into a larger array. */
function makeRoom(window: SightingWindow): void {
  const { samples, begin, end } = window;
  if (begin === 0) {
    window.samples = new Int16Array(samples.length + growth);
    window.samples.set(samples);
    return;
  }
  samples.copyWithin(0, begin, end);
  window.begin = 0;
  window.end = end - begin;
}

/** The window reaches further back for a tag that no gateway hears twice in it: once does not show whether it stayed. */
function forgetOld(window: SightingWindow, until: number, { windowMs, longestWindowMs }: Rules): void {
  if ((window.samples[window.begin] ?? until) >= until - windowMs) return;
  const { samples, end } = window;
  const oldest = until - (isHeardTwice(window, until - windowMs) ? windowMs : longestWindowMs);
  while (window.begin < end && (samples[window.begin] ?? 0) < oldest) forgetFirst(window);
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

function countIn({ samples, begin, end }: SightingWindow, slot: number): number {
  let count = 0;
  for (let i = begin + 1; i < end; i += wordsPerSample) if (slotIn(samples[i] ?? 0) === slot) count++;
  return count;
}

function forgetOldest(window: SightingWindow, slot: number): void {
  const { samples, begin } = window;
  let i = begin;
  while (slotIn(samples[i + 1] ?? 0) !== slot) i += wordsPerSample;
  samples.copyWithin(begin + wordsPerSample, begin, i);
  window.begin += wordsPerSample;
}

/** Forgets the oldest sighting, and its gateway when nothing of it is left. */
function forgetFirst(window: SightingWindow): void {
  const { samples, begin, end, gateways } = window;
  const slot = slotIn(samples[begin + 1] ?? 0);
  window.begin += wordsPerSample;
  for (let i = begin + wordsPerSample; i < end; i += wordsPerSample) {
    if (slotIn(samples[i + 1] ?? 0) === slot) return;
  }
  gateways[slot] = free;
}

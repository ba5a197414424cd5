import { maxRssi, minRssi } from '../../core';
import type { Heard, SkipReason } from './decoder';

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const minus = 0x2d;
const dot = 0x2e;
const zero = 0x30;
const backslash = 0x5c;
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= zero && byte <= zero + 9;

/** FNV-1a, 32 bits. */
const [hashStart, hashPrime] = [0x811c9dc5 | 0, 0x01000193];
const isoLength = '2026-01-01T00:00:00.000Z'.length;
const isoText = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const mostKnown = 65_536;
const mostCuts = 32;

/** What an entry says besides when and how strongly it was heard. */
interface Known {
  /** The entry without its time, its strength and what does not matter. */
  readonly rest: Buffer;
  readonly told: Pick<Heard, 'identities' | 'measured'>;
}

/**
 * Reads a list of flat JSON objects, one a tag heard, without making the objects. A tag says the same for hours, so what
 * is in an entry besides its time and its strength is read once and then known by its bytes. Whatever is not as usual
 * (spaces, escapes, a missing or odd strength, lists inside) is left to the slow way, which gives the same answer.
 * Known entries are forgotten when there are too many.
 */
export class EntryScanner {
  readonly #rssiKey = Buffer.from('rssi');
  readonly #timeKey: Buffer | null;
  readonly #otherKeys: readonly Buffer[];
  readonly #known = new Map<number, Known>();
  /** Where the last time stood, and what it was: most entries of a message have the same. */
  #isoAt = 0;
  #isoTime = NaN;
  /** Of the entry in hand. */
  #hash = 0;
  #rssi = NaN;
  #heardAt: number | null = null;
  /** Begin and end of what is left out of the rest, in the order it came. */
  readonly #cuts = new Int32Array(mostCuts);
  #cutCount = 0;

  /**
   * @param keys that of the time, null in a format without times; those of values the slow way does not look at
   * @param read the slow way for one entry
   */
  constructor(
    keys: { readonly time: string | null; readonly ignored?: readonly string[] },
    private readonly read: (entry: unknown) => Heard | SkipReason,
  ) {
    this.#timeKey = keys.time === null ? null : Buffer.from(keys.time);
    this.#otherKeys = (keys.ignored ?? []).map((key) => Buffer.from(key));
  }

  /** @returns what a message says that is one entry and nothing else; null when it is not as usual */
  scanOne(bytes: Buffer): Heard | null {
    this.#isoTime = NaN;
    return this.#entry(bytes, 0) === bytes.length ? this.#heardIn(bytes, 0, bytes.length) : null;
  }

  /**
   * @param from where the first entry begins
   * @param end where the list must end
   * @returns what each entry says; null when some entry is not as usual
   */
  scan(bytes: Buffer, from: number, end: number): Heard[] | null {
    const heard: Heard[] = [];
    this.#isoTime = NaN;
    for (let at = from; ; at++) {
      const next = this.#entry(bytes, at);
      if (next < 0) return null;
      const one = this.#heardIn(bytes, at, next);
      if (one === null) return null;
      heard.push(one);
      if (next === end) return bytes[next] === closeList ? heard : null;
      if (bytes[next] !== comma) return null;
      at = next;
    }
  }

  #heardIn(bytes: Buffer, begin: number, end: number): Heard | null {
    const told = this.#told(bytes, begin, end);
    if (told === null) return null;
    return { identities: told.identities, rssi: this.#rssi, heardAt: this.#heardAt, measured: told.measured };
  }

  /** @returns where the entry ends; −1 when it is not as usual */
  #entry(bytes: Buffer, begin: number): number {
    if (bytes[begin] !== openObject) return -1;
    this.#hash = hashStart;
    this.#rssi = NaN;
    this.#heardAt = null;
    this.#cutCount = 0;
    for (let at = begin + 1; ; at++) {
      at = this.#field(bytes, at);
      if (at < 0) return -1;
      if (bytes[at] === closeObject) return Number.isNaN(this.#rssi) ? -1 : at + 1;
      if (bytes[at] !== comma) return -1;
    }
  }

  #field(bytes: Buffer, begin: number): number {
    const keyEnd = this.#text(bytes, begin);
    if (keyEnd < 0 || bytes[keyEnd] !== colon) return -1;
    const at = keyEnd + 1;
    const isRssi = isKey(bytes, begin + 1, keyEnd - 1, this.#rssiKey);
    const isTime = this.#timeKey !== null && isKey(bytes, begin + 1, keyEnd - 1, this.#timeKey);
    if (!isRssi && !isTime && !this.#isOther(bytes, begin + 1, keyEnd - 1)) return this.#value(bytes, at);
    if (this.#cutCount === mostCuts) return -1;
    const end = isRssi ? this.#strength(bytes, at) : isTime ? this.#time(bytes, at) : this.#skipped(bytes, at);
    this.#cuts[this.#cutCount++] = at;
    this.#cuts[this.#cutCount++] = end;
    return end;
  }

  #isOther(bytes: Buffer, begin: number, end: number): boolean {
    for (const key of this.#otherKeys) if (isKey(bytes, begin, end, key)) return true;
    return false;
  }

  /** A value that does not matter: a plain number. The slow way would see whether it is JSON at all. */
  #skipped(bytes: Buffer, begin: number): number {
    const isNegative = bytes[begin] === minus;
    const digits = isNegative ? begin + 1 : begin;
    let at = digits;
    while (isDigit(bytes[at])) at++;
    if (at === digits || (bytes[digits] === zero && at > digits + 1)) return -1;
    if (bytes[at] !== dot) return at;
    const fraction = ++at;
    while (isDigit(bytes[at])) at++;
    return at > fraction ? at : -1;
  }

  /** A text with its quotes, into the hash. */
  #text(bytes: Buffer, begin: number): number {
    if (bytes[begin] !== quote) return -1;
    let hash = this.#hash;
    for (let at = begin + 1; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === quote) {
        this.#hash = hash;
        return at + 1;
      }
      if (byte === backslash || byte > 0x7e || byte < 0x20) return -1;
      hash = Math.imul(hash ^ byte, hashPrime);
    }
    return -1;
  }

  /** A value that is neither time nor strength, into the hash. */
  #value(bytes: Buffer, begin: number): number {
    if (bytes[begin] === quote) return this.#text(bytes, begin);
    for (let at = begin; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === comma || byte === closeObject) return at > begin ? at : -1;
      if (byte === openList || byte === openObject || byte <= 0x20 || byte > 0x7e) return -1;
      this.#hash = Math.imul(this.#hash ^ byte, hashPrime);
    }
    return -1;
  }

  /** A plain number of dBm; a second one is not as usual. */
  #strength(bytes: Buffer, begin: number): number {
    let at = bytes[begin] === minus ? begin + 1 : begin;
    const digits = at;
    let value = 0;
    let scale = 1;
    for (let isFraction = false; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === dot && !isFraction && at > digits) isFraction = true;
      else if (!isDigit(byte)) break;
      else {
        value = 10 * value + byte - zero;
        if (isFraction) scale *= 10;
      }
    }
    const rssi = (bytes[begin] === minus ? -value : value) / scale;
    const isPlain =
      at > digits && at - digits < 15 && isDigit(bytes[at - 1]) && !(bytes[digits] === zero && value >= scale);
    if (!isPlain || !(rssi >= minRssi && rssi <= maxRssi) || !Number.isNaN(this.#rssi)) return -1;
    this.#rssi = rssi;
    return at;
  }

  /** Milliseconds, or ISO 8601 text in UTC; a second one is not as usual. */
  #time(bytes: Buffer, begin: number): number {
    if (this.#heardAt !== null) return -1;
    if (bytes[begin] === quote) return this.#isoText(bytes, begin + 1);
    let at = begin;
    let value = 0;
    for (; at < bytes.length && isDigit(bytes[at]); at++) value = 10 * value + (bytes[at] ?? 0) - zero;
    if (at - begin < 12 || at - begin > 14 || bytes[begin] === zero) return -1;
    this.#heardAt = value;
    return at;
  }

  #isoText(bytes: Buffer, begin: number): number {
    if (bytes[begin + isoLength] !== quote) return -1;
    if (Number.isNaN(this.#isoTime) || !isSame(bytes, begin, bytes, this.#isoAt, isoLength)) {
      const text = bytes.toString('latin1', begin, begin + isoLength);
      if (!isoText.test(text)) return -1;
      this.#isoTime = Date.parse(text);
      this.#isoAt = begin;
      if (!(this.#isoTime > 0)) return -1;
    }
    this.#heardAt = this.#isoTime;
    return begin + isoLength + 1;
  }

  #told(bytes: Buffer, begin: number, end: number): Known['told'] | null {
    const known = this.#known.get(this.#hash);
    if (known !== undefined && this.#isRest(bytes, begin, end, known.rest)) return known.told;
    const heard = this.#readSlowly(bytes, begin, end);
    if (heard === null || typeof heard === 'string') return null;
    const { identities, measured } = heard;
    const told = { identities, measured };
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(this.#hash, { rest: this.#restOf(bytes, begin, end), told });
    return told;
  }

  #readSlowly(bytes: Buffer, begin: number, end: number): Heard | SkipReason | null {
    try {
      return this.read(JSON.parse(bytes.toString('latin1', begin, end)));
    } catch {
      // No JSON: the slow way says what is wrong with it.
      return null;
    }
  }

  #isRest(bytes: Buffer, begin: number, end: number, rest: Buffer): boolean {
    let at = begin;
    let compared = 0;
    for (let cut = 0; cut < this.#cutCount; cut += 2) {
      const length = (this.#cuts[cut] ?? 0) - at;
      if (compared + length > rest.length || !isSame(bytes, at, rest, compared, length)) return false;
      compared += length;
      at = this.#cuts[cut + 1] ?? 0;
    }
    return end - at === rest.length - compared && isSame(bytes, at, rest, compared, end - at);
  }

  #restOf(bytes: Buffer, begin: number, end: number): Buffer {
    const parts: Buffer[] = [];
    let at = begin;
    for (let cut = 0; cut < this.#cutCount; cut += 2) {
      parts.push(bytes.subarray(at, this.#cuts[cut]));
      at = this.#cuts[cut + 1] ?? 0;
    }
    return Buffer.concat([...parts, bytes.subarray(at, end)]);
  }
}

function isKey(bytes: Buffer, begin: number, end: number, key: Buffer): boolean {
  return end - begin === key.length && isSame(bytes, begin, key, 0, key.length);
}

function isSame(a: Buffer, aAt: number, b: Buffer, bAt: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (a[aAt + i] !== b[bAt + i]) return false;
  return true;
}

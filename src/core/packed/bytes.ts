import { textAt } from './seen-texts';

const isUtf8 = 0x8000;
const longestText = 0x7fff;

/** Bytes that grow as they are written. Numbers are little-endian, text stands behind its length. */
export class ByteWriter {
  #bytes: Buffer;
  #at = 0;

  constructor(size = 1024) {
    this.#bytes = Buffer.allocUnsafe(size);
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#at;
  }

  u8(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#at++] = value;
  }

  u16(value: number): void {
    this.#reserve(2);
    this.#at = this.#bytes.writeUInt16LE(value, this.#at);
  }

  i32(value: number): void {
    this.#reserve(4);
    this.#at = this.#bytes.writeInt32LE(value, this.#at);
  }

  f64(value: number): void {
    this.#reserve(8);
    this.#at = this.#bytes.writeDoubleLE(value, this.#at);
  }

  f32s(values: Float32Array): void {
    this.#reserve(4 * values.length);
    const bytes = this.#bytes;
    let at = this.#at;
    for (let i = 0; i < values.length; i++) at = bytes.writeFloatLE(values[i] ?? 0, at);
    this.#at = at;
  }

  text(value: string): void {
    const { length } = value;
    if (length > longestText / 3) throw new RangeError(`Unexpected text of ${length} characters`);
    this.#reserve(2 + 3 * length);
    let at = this.#at + 2;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code > 0x7f) {
        this.#utf8(value);
        return;
      }
      this.#bytes[at++] = code;
    }
    this.#bytes.writeUInt16LE(length, this.#at);
    this.#at = at;
  }

  /** Writes over two bytes that are there. */
  setU16(at: number, value: number): void {
    this.#bytes.writeUInt16LE(value, at);
  }

  /** A copy of what was written; the writer is empty after it. */
  take(): Buffer {
    const taken = Buffer.allocUnsafe(this.#at);
    this.#bytes.copy(taken, 0, 0, this.#at);
    this.#at = 0;
    return taken;
  }

  /** Moves what was written to the end of another; this one is empty after it. */
  moveTo(other: ByteWriter): void {
    other.#reserve(this.#at);
    this.#bytes.copy(other.#bytes, other.#at, 0, this.#at);
    other.#at += this.#at;
    this.#at = 0;
  }

  /** Nothing of what was written counts. */
  clear(): void {
    this.#at = 0;
  }

  #utf8(value: string): void {
    const written = this.#bytes.write(value, this.#at + 2, 'utf8');
    this.#bytes.writeUInt16LE(written | isUtf8, this.#at);
    this.#at += 2 + written;
  }

  #reserve(count: number): void {
    if (this.#at + count <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#bytes.length + count));
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
  }
}

/** Reads what a `ByteWriter` wrote. @throws RangeError where the bytes end too early */
export class ByteReader {
  /** Where the next value begins. */
  at: number;

  constructor(
    private readonly bytes: Buffer,
    at = 0,
  ) {
    this.at = at;
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  u8(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new RangeError('Unexpected end of an entry');
    return value;
  }

  u16(): number {
    const value = this.bytes.readUInt16LE(this.at);
    this.at += 2;
    return value;
  }

  i32(): number {
    const value = this.bytes.readInt32LE(this.at);
    this.at += 4;
    return value;
  }

  f64(): number {
    const value = this.bytes.readDoubleLE(this.at);
    this.at += 8;
    return value;
  }

  f32(): number {
    const value = this.bytes.readFloatLE(this.at);
    this.at += 4;
    return value;
  }

  text(): string {
    const marked = this.u16();
    const end = this.at + (marked & longestText);
    if (end > this.bytes.length) throw new RangeError('Unexpected end of an entry');
    const isPlain = (marked & isUtf8) === 0;
    const text = isPlain ? textAt(this.bytes, this.at, end) : this.bytes.toString('utf8', this.at, end);
    this.at = end;
    return text;
  }

  /** Passes over a text. */
  skipText(): void {
    const marked = this.u16();
    this.at += marked & longestText;
  }
}

/** Signature, flags and length of the extension: https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format". */
const head = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const tail = Buffer.from([0xff, 0xff]);
/** PostgreSQL counts microseconds from 2000-01-01. */
const epochMs = Date.UTC(2000, 0, 1);
const pieceBytes = 65_536;
const none: readonly Buffer[] = [];

/**
 * Rows in the binary format of COPY: each value goes straight into bytes, without a text that the server would parse.
 * Grows by pieces; a row is begun with `row` and then given its values in the order of the columns.
 */
export class BinaryRows {
  #pieces: Buffer[] = [head];
  #piece = Buffer.allocUnsafe(pieceBytes);
  #at = 0;

  row(columns: number): void {
    this.#reserve(2);
    this.#at = this.#piece.writeInt16BE(columns, this.#at);
  }

  text(value: string | null): void {
    if (value === null) {
      this.#length(-1, 0);
      return;
    }
    // A UTF-16 unit takes three bytes of UTF-8 at most.
    this.#reserve(4 + 3 * value.length);
    const begin = this.#at + 4;
    const end = this.#ascii(value, begin) ?? begin + this.#piece.write(value, begin, 'utf8');
    this.#piece.writeInt32BE(end - begin, this.#at);
    this.#at = end;
  }

  /** `timestamptz` of whole milliseconds since 1970; exact up to 2^53 microseconds after 2000, the year 2285. */
  instant(ms: number): void {
    const micros = (Math.trunc(ms) - epochMs) * 1_000;
    const high = Math.floor(micros / 2 ** 32);
    this.#length(8, 8);
    this.#at = this.#piece.writeInt32BE(high, this.#at);
    this.#at = this.#piece.writeUInt32BE(micros - high * 2 ** 32, this.#at);
  }

  /** `real`: the nearest number of single precision. */
  real(value: number): void {
    this.#length(4, 4);
    this.#at = this.#piece.writeFloatBE(value, this.#at);
  }

  boolean(value: boolean): void {
    this.#length(1, 1);
    this.#at = this.#piece.writeUInt8(value ? 1 : 0, this.#at);
  }

  /** The pieces that are full; they are not given again. */
  takeFull(): readonly Buffer[] {
    if (this.#pieces.length === 0) return none;
    const full = this.#pieces;
    this.#pieces = [];
    return full;
  }

  /** What was not taken yet, and the end that COPY waits for. */
  finish(): readonly Buffer[] {
    return [...this.#pieces, this.#piece.subarray(0, this.#at), tail];
  }

  /** Where the text ends, null when it is not ASCII. Short ones are written faster here than by a call out of the engine. */
  #ascii(value: string, begin: number): number | null {
    const piece = this.#piece;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code > 0x7f) return null;
      piece[begin + i] = code;
    }
    return begin + value.length;
  }

  #length(length: number, bytes: number): void {
    this.#reserve(4 + bytes);
    this.#at = this.#piece.writeInt32BE(length, this.#at);
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#piece.length) return;
    this.#pieces.push(this.#piece.subarray(0, this.#at));
    this.#piece = Buffer.allocUnsafe(Math.max(pieceBytes, bytes));
    this.#at = 0;
  }
}

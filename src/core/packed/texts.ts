import { ByteReader, type ByteWriter } from './bytes';

/** Texts of an entry, each written once and named by its number; 0 names none. */
export class TextWriter {
  readonly #numbers = new Map<string, number>();

  /** The number of a text. @throws RangeError when an entry has too many */
  of(text: string | null): number {
    if (text === null) return 0;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#numbers.size + 1;
    if (number > 0xffff) throw new RangeError('Unexpected number of texts in an entry');
    this.#numbers.set(text, number);
    return number;
  }

  /** Nothing of what was named counts. */
  clear(): void {
    this.#numbers.clear();
  }

  /** Writes all texts; the table is empty after it. */
  takeTo(bytes: ByteWriter): void {
    bytes.u16(this.#numbers.size);
    for (const text of this.#numbers.keys()) bytes.text(text);
    this.#numbers.clear();
  }
}

/** What a `TextWriter` wrote. A text is read when it is asked for. */
export class TextReader {
  readonly #begins: number[] = [];
  readonly #texts: (string | undefined)[] = [];

  /** Leaves `bytes` behind the texts. */
  constructor(
    private readonly entry: Buffer,
    bytes: ByteReader,
  ) {
    for (let left = bytes.u16(); left > 0; left--) {
      this.#begins.push(bytes.at);
      bytes.skipText();
    }
  }

  /** @throws RangeError on a number that names no text */
  get(number: number): string {
    const known = this.#texts[number];
    if (known !== undefined) return known;
    const begin = this.#begins[number - 1];
    if (begin === undefined) throw new RangeError(`Unexpected number ${number} of a text in an entry`);
    const text = new ByteReader(this.entry, begin).text();
    this.#texts[number] = text;
    return text;
  }
}

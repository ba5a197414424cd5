import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';

/** A file of one JSON object a line, written as fast as the disk takes it. */
export class Lines {
  readonly #stream: WriteStream;

  constructor(path: string) {
    this.#stream = createWriteStream(path);
  }

  async write(objects: readonly unknown[]): Promise<void> {
    if (objects.length === 0) return;
    const text = objects.map((object) => `${JSON.stringify(object)}\n`).join('');
    if (!this.#stream.write(text)) await once(this.#stream, 'drain');
  }

  async end(): Promise<void> {
    this.#stream.end();
    await once(this.#stream, 'close');
  }
}

import { Presets, SingleBar } from 'cli-progress';

/** A progress bar on a terminal, silence anywhere else. */
export class Progress {
  readonly #bar: SingleBar | null;

  constructor(what: string, total: number) {
    this.#bar = process.stderr.isTTY
      ? new SingleBar({ format: `${what} {bar} {percentage}%`, stream: process.stderr }, Presets.shades_classic)
      : null;
    this.#bar?.start(total, 0);
  }

  readonly show = (done: number): void => this.#bar?.update(done);

  end(): void {
    this.#bar?.update(this.#bar.getTotal());
    this.#bar?.stop();
  }
}

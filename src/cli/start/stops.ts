import { reasonOf } from '../../config/start-error';

/** What has been started, to be stopped in the opposite order. */
export class Stops {
  readonly #steps: { name: string; stop: () => Promise<void> }[] = [];

  add(name: string, stop: () => Promise<void>): void {
    this.#steps.push({ name, stop });
  }

  /** Stops everything once; one that fails is reported and does not keep the others running. */
  async all(): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step.stop();
      } catch (error) {
        process.stderr.write(`${step.name} did not stop well: ${reasonOf(error)}\n`);
      }
    }
  }
}

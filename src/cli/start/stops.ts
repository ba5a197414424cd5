import { setTimeout as wait } from 'node:timers/promises';
import { reasonOf } from '../../config/start-error';

/** One part that cannot end must not keep the others from ending well. */
const patienceMs = 30_000;

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
        await Promise.race([step.stop(), tooLong()]);
      } catch (error) {
        process.stderr.write(`${step.name} did not stop well: ${reasonOf(error)}\n`);
      }
    }
  }
}

async function tooLong(): Promise<never> {
  await wait(patienceMs, undefined, { ref: false });
  throw new Error(`it takes longer than ${patienceMs / 1000} s`);
}

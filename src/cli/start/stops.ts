import { setTimeout as wait } from 'node:timers/promises';
import { reasonOf } from '../../config/start-error';

/** One part that cannot end must not keep the others from ending well. */
const patienceMs = 30_000;

/** What has been started, to be stopped in the opposite order. */
export class Stops {
  readonly #steps: { name: string; stop: () => Promise<void> }[] = [];
  #ending: Promise<void> | null = null;

  add(name: string, stop: () => Promise<void>): void {
    this.#steps.push({ name, stop });
  }

  /** A part that is starting: told to stop before it has started, it is stopped as soon as it has, and nobody gets it. */
  async start<T extends { stop(): Promise<void> }>(name: string, starting: Promise<T>): Promise<T> {
    this.add(name, () =>
      starting.then(
        (part) => part.stop(),
        // Whoever waits for the start is told why it failed.
        () => undefined,
      ),
    );
    const part = await starting;
    if (this.#ending !== null) throw new Error(`Told to stop while ${name} was starting`);
    return part;
  }

  /** Stops everything once; one that fails is reported and does not keep the others running. */
  all(): Promise<void> {
    this.#ending ??= this.#end().finally(() => {
      this.#ending = null;
    });
    return this.#ending;
  }

  async #end(): Promise<void> {
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

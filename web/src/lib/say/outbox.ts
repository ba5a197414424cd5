import type { AssetView } from '../../../../src/live/protocol';
import type { Correction } from './correction';

/** Where corrections wait until the server has them. */
export interface CorrectionStore {
  put(correction: Correction): Promise<void>;
  remove(id: string): Promise<void>;
  all(): Promise<readonly Correction[]>;
}

/** What became of one: `waiting` is the only one that will be sent again. */
export type Outcome =
  | { readonly kind: 'taken'; readonly asset: AssetView }
  /** Somebody has said otherwise since: nothing was changed, and this is how it stands. */
  | { readonly kind: 'superseded'; readonly asset: AssetView }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'waiting' };

/** Kept before it is sent and forgotten only when answered, so that closing the app loses nothing. */
export class Outbox {
  #sending: Promise<void> = Promise.resolve();
  /** Id of the correction on its way to the server. */
  #onItsWay: string | null = null;

  constructor(
    private readonly store: CorrectionStore,
    private readonly send: (correction: Correction) => Promise<Outcome>,
    private readonly told: (correction: Correction, outcome: Outcome) => void,
  ) {}

  /** Resolves when it is kept and has been tried once. */
  async say(correction: Correction): Promise<void> {
    await this.store.put(correction);
    await this.flush();
  }

  /** True when it had not left this device: then nobody else has heard of it. */
  async takeBack(id: string): Promise<boolean> {
    // One on its way may be there already: only its answer tells.
    if (this.#onItsWay === id) await this.#sending;
    const waits = (await this.store.all()).some((correction) => correction.id === id);
    if (waits) await this.store.remove(id);
    return waits;
  }

  waiting(): Promise<readonly Correction[]> {
    return this.store.all();
  }

  /** Sends what waits, oldest first, one at a time; stops at the first that cannot be sent now. */
  flush(): Promise<void> {
    this.#sending = this.#sending.then(() => this.#sendAll());
    return this.#sending;
  }

  async #sendAll(): Promise<void> {
    const waiting = [...(await this.store.all())].sort((a, b) => a.saidAt - b.saidAt);
    for (const correction of waiting) {
      this.#onItsWay = correction.id;
      const outcome = await this.send(correction).finally(() => (this.#onItsWay = null));
      if (outcome.kind !== 'waiting') await this.store.remove(correction.id);
      this.told(correction, outcome);
      if (outcome.kind === 'waiting') return;
    }
  }
}

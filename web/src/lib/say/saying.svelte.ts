import type { AssetView, CorrectionCode } from '../../../../src/live/protocol';
import { api } from '../api/client';
import type { AssetStore } from '../assets/asset-store.svelte';
import { serverClock } from '../live/server-clock.svelte';
import { randomId, thisTablet } from '../tablet';
import { asSaid, type Correction } from './correction';
import { openCorrections } from './correction-store';
import { Outbox, type Outcome } from './outbox';
import { sendCorrection } from './send';

/** What is told to whoever said something. */
export interface SayingNews {
  outcome(correction: Correction, outcome: Outcome): void;
  takenBack(correction: Correction): void;
  failed(correction: Correction): void;
}

const againMs = 15_000;

/** One-tap corrections: shown at once, sent once, kept while there is no connection, honest when they did not count. */
export class Saying {
  readonly #outbox: Promise<Outbox>;
  /** How each item stood before what was said of it here: shown again when the saying did not count. */
  readonly #before = new Map<string, { shown: AssetView; before: AssetView }>();
  /** The last thing said here of each item, until it is taken back. */
  last = $state.raw<ReadonlyMap<string, Correction>>(new Map());
  /** Ids of corrections that wait for the connection. */
  waiting = $state.raw<ReadonlySet<string>>(new Set());

  constructor(
    private readonly assets: AssetStore,
    private readonly news: SayingNews,
  ) {
    this.#outbox = openCorrections().then(
      (store) => new Outbox(store, sendCorrection, (correction, outcome) => this.#told(correction, outcome)),
    );
    addEventListener('online', () => void this.flush());
    setInterval(() => this.waiting.size > 0 && void this.flush(), againMs);
    void this.#resume();
  }

  /** What the last visit could not send. */
  async #resume(): Promise<void> {
    const waiting = await (await this.#outbox).waiting();
    this.waiting = new Set(waiting.map(({ id }) => id));
    this.last = new Map(waiting.map((correction) => [correction.assetId, correction]));
    if (waiting.length > 0) await this.flush();
  }

  async flush(): Promise<void> {
    await (await this.#outbox).flush();
  }

  async say(
    asset: AssetView,
    code: CorrectionCode,
    more: Pick<Correction, 'note' | 'searchStartedAt'> = {},
  ): Promise<void> {
    const correction: Correction = {
      id: randomId(),
      assetId: asset.id,
      tablet: thisTablet(),
      code,
      saidAt: Math.round(serverClock.read()),
      ...more,
    };
    const shown = asSaid(asset, correction);
    this.#before.set(correction.id, { shown, before: asset });
    this.assets.change([shown]);
    this.last = new Map(this.last).set(asset.id, correction);
    await (await this.#outbox).say(correction);
  }

  async takeBack(correction: Correction): Promise<void> {
    try {
      const unsent = await (await this.#outbox).takeBack(correction.id);
      if (unsent) this.#restore(correction);
      else this.assets.change([await api.takeBack(correction)]);
      this.#settle(correction);
      this.#forget(correction);
      this.news.takenBack(correction);
    } catch {
      this.news.failed(correction);
    }
  }

  #told(correction: Correction, outcome: Outcome): void {
    if (outcome.kind === 'waiting') {
      const isNews = !this.waiting.has(correction.id);
      this.waiting = new Set([...this.waiting, correction.id]);
      if (isNews) this.news.outcome(correction, outcome);
      return;
    }
    if (outcome.kind === 'refused') this.#restore(correction);
    else this.assets.change([outcome.asset]);
    if (outcome.kind !== 'taken') this.#forget(correction);
    this.#settle(correction);
    this.news.outcome(correction, outcome);
  }

  /** Only what was said here is taken off the screen, not what the server has said since. */
  #restore({ id, assetId }: Correction): void {
    const held = this.#before.get(id);
    if (held !== undefined && this.assets.get(assetId) === held.shown) this.assets.change([held.before]);
  }

  #settle({ id }: Correction): void {
    this.#before.delete(id);
    this.waiting = new Set([...this.waiting].filter((waiting) => waiting !== id));
  }

  #forget({ assetId, id }: Correction): void {
    if (this.last.get(assetId)?.id !== id) return;
    this.last = new Map([...this.last].filter(([asset]) => asset !== assetId));
  }
}

import type { AssetView } from '../../../src/live/protocol';
import { api, ApiError } from './api/client';
import type { Companion, NearestReply, NearestResult } from './api/types';
import type { AssetStore } from './assets/asset-store.svelte';
import { asOrigin, type Here } from './here.svelte';
import { staffDoors } from './staff-doors.svelte';
import type { Loading } from './world.svelte';

/** Asks the server for the nearest of a kind, and keeps which of the answers is being looked at. */
export class NearestFinder {
  reply = $state.raw<NearestReply | null>(null);
  /** `away`: the service was not reached and no answer to this question is kept. */
  loading = $state<Loading | 'away'>('loading');
  chosenId = $state<string | null>(null);
  companion = $state<Companion>('none');
  #asked = '';

  constructor(
    private readonly assets: () => AssetStore,
    /** Held for this tablet: it stays in sight though it may no longer be among the free ones. */
    private readonly isHeld: (asset: AssetView) => boolean,
  ) {}

  /** Those that can be taken; when there are none, those likely free soonest. */
  readonly results: readonly NearestResult[] = $derived(
    this.reply === null ? [] : this.reply.results.length > 0 ? this.reply.results : this.reply.soonest,
  );
  /** False when nothing is free and these are what may become so. */
  readonly free = $derived(this.reply === null || this.reply.results.length > 0);
  readonly chosen = $derived(this.results.find(({ asset }) => asset.id === this.chosenId) ?? null);

  /** The best is chosen at once. Answers that come too late are dropped. */
  async find(kind: string, here: Here): Promise<void> {
    const asked = this.#question(kind, here);
    if (this.#asked === asked && this.loading !== 'failed' && this.loading !== 'away') return;
    this.#asked = asked;
    this.loading = 'loading';
    this.reply = null;
    this.chosenId = null;
    try {
      await this.#ask(kind, here, asked);
    } catch (error) {
      if (this.#asked === asked) this.loading = error instanceof ApiError && error.status === 0 ? 'away' : 'failed';
    }
  }

  /** Things move and are taken: asks again, and keeps to the one looked at while it is still among them. */
  async refresh(kind: string, here: Here): Promise<void> {
    const asked = this.#question(kind, here);
    if (this.loading === 'away') return this.find(kind, here);
    if (this.loading !== 'ready' || this.#asked !== asked || this.#holding()) return;
    // What is shown stays; when the link is gone the banner says how old it is.
    await this.#ask(kind, here, asked).catch((error: unknown) =>
      console.warn('The nearest were not asked again', error),
    );
  }

  async #ask(kind: string, here: Here, asked: string): Promise<void> {
    const shown = this.results.map(({ asset }) => asset.id);
    const reply = await api.nearest(
      kind,
      asOrigin(here),
      { companion: this.companion, staffDoors: staffDoors.open },
      shown,
    );
    if (this.#asked !== asked || this.#holding()) return;
    this.assets().change([...reply.results, ...reply.soonest].map(({ asset }) => asset));
    this.reply = reply;
    if (this.chosen === null) this.chosenId = this.results[0]?.asset.id ?? null;
    this.loading = 'ready';
  }

  #question(kind: string, here: Here): string {
    return `${kind} ${asOrigin(here)} ${this.companion} ${staffDoors.open}`;
  }

  #holding(): boolean {
    const chosen = this.chosenId === null ? undefined : this.assets().get(this.chosenId);
    return chosen !== undefined && this.isHeld(chosen);
  }

  /** After what was chosen turned out wrong or taken: the next one is chosen. */
  async again(kind: string, here: Here): Promise<void> {
    this.reset();
    await this.find(kind, here);
  }

  /** The next question is asked anew, even if it is the same. */
  reset(): void {
    this.#asked = '';
    this.reply = null;
    this.chosenId = null;
    this.loading = 'loading';
  }
}

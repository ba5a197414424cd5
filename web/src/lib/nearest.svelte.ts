import { api } from './api/client';
import type { AssetView } from '../../../src/live/protocol';
import type { NearestReply, NearestResult } from './api/types';
import type { AssetStore } from './assets/asset-store.svelte';
import { asOrigin, type Here } from './here.svelte';
import type { Loading } from './world.svelte';

/** Asks the server for the nearest of a kind, and keeps which of the answers is being looked at. */
export class NearestFinder {
  results = $state.raw<readonly NearestResult[]>([]);
  loading = $state<Loading>('loading');
  /** False when nothing is free and these are the nearest of any availability. */
  free = $state(true);
  chosenId = $state<string | null>(null);
  /** Server time of the answer, epoch ms: older than now when it was kept from before. */
  answeredAt = $state<number | null>(null);
  #asked = '';

  constructor(
    private readonly assets: () => AssetStore,
    /** Held for this tablet: it stays in sight though it may no longer be among the free ones. */
    private readonly isHeld: (asset: AssetView) => boolean,
  ) {}

  readonly chosen = $derived(this.results.find(({ asset }) => asset.id === this.chosenId) ?? null);

  /** The nearest is chosen at once. Answers that come too late are dropped. */
  async find(kind: string, here: Here): Promise<void> {
    const asked = `${kind} ${asOrigin(here)}`;
    if (this.#asked === asked && this.loading !== 'failed') return;
    this.#asked = asked;
    this.loading = 'loading';
    this.results = [];
    this.chosenId = null;
    try {
      await this.#ask(kind, here, asked);
    } catch {
      if (this.#asked === asked) this.loading = 'failed';
    }
  }

  /** Things move and are taken: asks again, and keeps to the one looked at while it is still among them. */
  async refresh(kind: string, here: Here): Promise<void> {
    const asked = `${kind} ${asOrigin(here)}`;
    if (this.loading !== 'ready' || this.#asked !== asked || this.#holding()) return;
    // What is shown stays; when the link is gone the banner says how old it is.
    await this.#ask(kind, here, asked).catch((error: unknown) =>
      console.warn('The nearest were not asked again', error),
    );
  }

  async #ask(kind: string, here: Here, asked: string): Promise<void> {
    const origin = asOrigin(here);
    const free = await api.nearest(kind, origin);
    const reply = free.results.length > 0 ? free : await api.nearest(kind, origin, 'any');
    if (this.#asked === asked && !this.#holding()) this.#take(reply, free.results.length > 0);
  }

  #take({ results, now }: NearestReply, free: boolean): void {
    this.assets().change(results.map(({ asset }) => asset));
    this.free = free;
    this.results = results;
    this.answeredAt = now;
    if (this.chosen === null) this.chosenId = results[0]?.asset.id ?? null;
    this.loading = 'ready';
  }

  /** After what was chosen turned out wrong or taken: the next one is chosen. */
  async again(kind: string, here: Here): Promise<void> {
    this.reset();
    await this.find(kind, here);
  }

  #holding(): boolean {
    const chosen = this.chosenId === null ? undefined : this.assets().get(this.chosenId);
    return chosen !== undefined && this.isHeld(chosen);
  }

  /** The next question is asked anew, even if it is the same. */
  reset(): void {
    this.#asked = '';
    this.results = [];
    this.chosenId = null;
    this.loading = 'loading';
  }
}

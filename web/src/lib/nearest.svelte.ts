import { api } from './api/client';
import type { NearestResult } from './api/types';
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
  #asked = '';

  constructor(private readonly assets: () => AssetStore) {}

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
      const origin = asOrigin(here);
      const free = (await api.nearest(kind, origin)).results;
      const results = free.length > 0 ? free : (await api.nearest(kind, origin, 'any')).results;
      if (this.#asked !== asked) return;
      this.assets().change(results.map(({ asset }) => asset));
      this.free = free.length > 0;
      this.results = results;
      this.chosenId = results[0]?.asset.id ?? null;
      this.loading = 'ready';
    } catch {
      if (this.#asked === asked) this.loading = 'failed';
    }
  }

  /** The next question is asked anew, even if it is the same. */
  reset(): void {
    this.#asked = '';
    this.results = [];
    this.chosenId = null;
    this.loading = 'loading';
  }
}

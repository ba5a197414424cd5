import type { WorklistItem, WorklistReason } from '../../../src/live/protocol';
import { api, isKept } from './api/client';
import type { Loading } from './world.svelte';

/** In the order they are worked through. */
export const worklistReasons: readonly WorklistReason[] = [
  'not-found',
  'silent',
  'out-of-service',
  'needs-cleaning',
  'away-from-home',
];

/** What needs somebody, asked for again while it is on the screen. */
export class WorklistReader {
  items = $state.raw<readonly WorklistItem[]>([]);
  loading = $state<Loading>('loading');
  /** Server time of the answer when the service was away and this is the last one. */
  keptAt = $state<number | null>(null);
  #asked: string | null | undefined = undefined;

  async read(section: string | null): Promise<void> {
    if (this.#asked !== section) this.loading = 'loading';
    this.#asked = section;
    try {
      const answer = await api.worklist(section);
      if (this.#asked !== section) return;
      this.items = answer.items;
      this.keptAt = isKept(answer) ? answer.now : null;
      this.loading = 'ready';
    } catch {
      if (this.#asked === section && this.loading !== 'ready') this.loading = 'failed';
    }
  }
}

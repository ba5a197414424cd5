import type { AvailabilityStatus, WorklistItem, WorklistReason } from '../../../src/live/protocol';
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

/** The mark of a row: what the row says is wrong, though the live list may be a moment ahead of it or behind. */
export const markOf = (reason: WorklistReason, known: AvailabilityStatus): AvailabilityStatus =>
  reason === 'needs-cleaning' || reason === 'out-of-service' ? reason : known;

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

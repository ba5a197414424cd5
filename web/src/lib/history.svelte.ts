import { api } from './api/client';
import type { Stay, TrailPoint } from './api/types';
import { serverClock } from './live/server-clock.svelte';
import type { Loading } from './world.svelte';

const hourMs = 3_600_000;

/** The last hour of the asset whose detail is open. */
export class LastHour {
  assetId = $state<string | null>(null);
  trail = $state.raw<readonly TrailPoint[]>([]);
  stays = $state.raw<readonly Stay[]>([]);
  loading = $state<Loading>('loading');

  /** Answers for an asset no longer open are dropped. */
  async load(assetId: string): Promise<void> {
    if (this.assetId !== assetId) this.close();
    this.assetId = assetId;
    const from = serverClock.read() - hourMs;
    try {
      const [trail, stays] = await Promise.all([api.trail(assetId, from), api.stays(assetId, from)]);
      if (this.assetId !== assetId) return;
      this.trail = trail;
      this.stays = stays;
      this.loading = 'ready';
    } catch {
      if (this.assetId === assetId && this.loading !== 'ready') this.loading = 'failed';
    }
  }

  close(): void {
    this.assetId = null;
    this.trail = [];
    this.stays = [];
    this.loading = 'loading';
  }
}

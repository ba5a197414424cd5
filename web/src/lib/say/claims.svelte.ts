import type { AssetView, Claim } from '../../../../src/live/protocol';
import { api, ApiError } from '../api/client';
import type { AssetStore } from '../assets/asset-store.svelte';
import { serverClock } from '../live/server-clock.svelte';
import { thisTablet } from '../tablet';
import { claimState, type ClaimState } from './claim-state';

export type Took = 'held' | 'taken' | 'failed';

/** "I am taking it": held softly for ten minutes, so that two people do not walk to the same one. */
export class Claims {
  /** The item whose claim is being asked for or given back. */
  busy = $state<string | null>(null);

  constructor(private readonly assets: AssetStore) {}

  /** Counts down with the clock. */
  stateOf(asset: AssetView): ClaimState {
    return claimState(asset.claim, thisTablet(), serverClock.now);
  }

  async take(asset: AssetView): Promise<Took> {
    if (this.busy === asset.id) return 'failed';
    this.busy = asset.id;
    try {
      this.assets.change([await api.claim(asset.id, thisTablet())]);
      return 'held';
    } catch (error) {
      const claim = error instanceof ApiError && error.status === 409 ? error.problem['claim'] : null;
      if (!isClaim(claim)) return 'failed';
      this.assets.change([{ ...(this.assets.get(asset.id) ?? asset), claim }]);
      return 'taken';
    } finally {
      this.busy = null;
    }
  }

  /** False when the server was not reached: then it is held until its ten minutes are over. */
  async release(asset: AssetView): Promise<boolean> {
    this.busy = asset.id;
    try {
      this.assets.change([await api.release(asset.id, thisTablet())]);
      return true;
    } catch {
      return false;
    } finally {
      this.busy = null;
    }
  }
}

function isClaim(value: unknown): value is Claim {
  if (typeof value !== 'object' || value === null) return false;
  const { by, until } = value as Partial<Record<keyof Claim, unknown>>;
  return typeof by === 'string' && typeof until === 'number';
}

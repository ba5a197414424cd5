import { ask } from './api/client';
import type { Loading } from './world.svelte';

export type RateName = 'messages' | 'sightings' | 'tracked' | 'moves' | 'rows';

export interface GatewayHeard {
  readonly id: string;
  readonly levelId: string;
  /** Epoch ms; null: no message was seen of it yet. */
  readonly lastMessageAt: number | null;
}

/** `GET /api/operations`. */
export interface Operations {
  /** Server clock, epoch ms. */
  readonly now: number;
  readonly status: 'ok' | 'behind';
  readonly lag: { readonly tracking: { readonly oldestS: number }; readonly history: { readonly oldestS: number } };
  readonly rates: Readonly<Record<RateName, number>>;
  readonly doors: readonly { readonly door: string; readonly lastMessageAt: number }[];
  readonly dropped: readonly { readonly step: string; readonly reason: string; readonly count: number }[];
  readonly putAside: number;
  readonly processes: readonly {
    readonly name: string;
    readonly roles: readonly string[];
    readonly upS: number;
    readonly memoryBytes: number;
    readonly cores: number;
  }[];
  /** The longest silent first. */
  readonly gateways: readonly GatewayHeard[];
}

/** `GET /api/sites/:siteId/calibration`: the radio model in use. */
export interface Calibration {
  readonly version: number | null;
  /** Epoch ms; null: the default radio model. */
  readonly fittedAt: number | null;
  readonly basis: 'survey' | 'references' | null;
  readonly kept: readonly number[];
  /** Null: a person had it fitted. */
  readonly refit: { readonly suspects: readonly { readonly gatewayId: string }[] } | null;
  readonly isRefitOn: boolean;
  readonly lastRefit: { readonly at: number; readonly outcome: RefitOutcome; readonly detail: string } | null;
}
export type RefitOutcome = 'kept' | 'unchanged' | 'refused' | 'too-little' | 'held';

/** How well tags are located in one section, of `GET /api/quality`. */
export interface SectionQuality {
  /** Null: outside every section. */
  readonly sectionId: string | null;
  /** Metres; null before a tag was looked at. */
  readonly leaveOneOutM: number | null;
  /** Null without reference tags. */
  readonly hitRate: number | null;
  readonly isReliable: boolean | null;
}

/** A gateway not heard for so long is called silent, ms. */
const silentAfterMs = 120_000;

export const isSilent = ({ lastMessageAt }: GatewayHeard, now: number): boolean =>
  lastMessageAt === null || now - lastMessageAt > silentAfterMs;

/** How the service runs, asked for again while it is on the screen. */
export class OperationsReader {
  state = $state.raw<Operations | null>(null);
  /** Null while it was never told: the screen does without. */
  calibration = $state.raw<Calibration | null>(null);
  /** Null while it was never told: the screen does without. */
  quality = $state.raw<readonly SectionQuality[] | null>(null);
  loading = $state<Loading>('loading');

  async read(): Promise<void> {
    try {
      this.state = await ask<Operations>('/api/operations');
      this.loading = 'ready';
    } catch {
      // Old figures would look like new ones.
      this.state = null;
      this.loading = 'failed';
    }
  }

  async readQuality(): Promise<void> {
    const told = await ask<{ readonly sections: readonly SectionQuality[] }>('/api/quality').catch(() => null);
    if (told !== null) this.quality = told.sections;
  }

  async readCalibration(siteId: string): Promise<void> {
    this.calibration = await ask<Calibration>(`/api/sites/${encodeURIComponent(siteId)}/calibration`).catch(() => null);
  }
}

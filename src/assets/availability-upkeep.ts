import { Injectable } from '@nestjs/common';
import type { AssetView } from '../live/protocol';
import type { Asset } from './asset';
import { AssetViews } from './asset-views';
import { AvailabilityChanges } from './availability-changes';
import { Registry } from './registry';
import { RuleBook } from './rule-book';
import { StatusBook } from './status-book';

/** What the process that announces does besides: stores changes of availability, and ends statuses that hold no longer. */
@Injectable()
export class AvailabilityUpkeep {
  constructor(
    private readonly registry: Registry,
    private readonly views: AssetViews,
    private readonly statuses: StatusBook,
    private readonly changes: AvailabilityChanges,
    private readonly rules: RuleBook,
  ) {}

  onRulesChanged(listener: () => void): void {
    this.rules.onChanged(listener);
  }

  /** On becoming the one: what changed while nobody wrote is noted too. @param now epoch ms */
  takeOver(views: readonly AssetView[], now: number): void {
    this.changes.startOver();
    this.changes.note(views, now);
  }

  /** @param now epoch ms */
  async settle(looked: readonly Asset[], changed: readonly AssetView[], now: number): Promise<void> {
    this.changes.note(changed, now);
    await this.changes.write();
    await this.#endStatuses(looked, now);
  }

  /** An asset taken out of use. */
  forget(assetId: string): void {
    this.views.forget(assetId);
    this.changes.forget(assetId);
  }

  /** A status that holds no longer is ended for good: else it would hold again when the asset comes back. */
  async #endStatuses(assets: readonly Asset[], now: number): Promise<void> {
    const ended = assets.flatMap((asset) => this.views.endedStatus(asset, now) ?? []);
    if (ended.length === 0) return;
    for (const by of ['expired', 'moved'] as const) {
      await this.statuses.endAll(
        ended.flatMap((end) => (end.by === by ? end.status.rowId : [])),
        by,
      );
    }
    await this.registry.announce(
      assets.filter((asset) => this.views.endedStatus(asset, now) !== null).map(({ id }) => id),
    );
  }
}

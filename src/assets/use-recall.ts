import { Injectable } from '@nestjs/common';
import { tagId, unitId } from '../core';
import { type Stay, Trail } from '../history/trail';
import type { Asset } from './asset';
import { AssetViews } from './asset-views';
import { Places } from './places';
import { Registry } from './registry';

/** What was used longer ago than this has been seen to since, one way or the other. */
const recalledMs = 24 * 3_600_000;
/** History names the room of a stay, not how likely it was: about as often as such rooms are right. */
const stayProbability = 0.9;

/** A process that starts reads from history where equipment was used and cleaned while it was not looking. */
@Injectable()
export class UseRecall {
  constructor(
    private readonly registry: Registry,
    private readonly places: Places,
    private readonly views: AssetViews,
    private readonly trail: Trail,
  ) {}

  /** @param now epoch ms */
  async start(now: number): Promise<void> {
    const asked = [...this.registry.all()].filter((asset) => this.views.rulesFor(asset).lastUse !== null);
    const stays = await this.trail.staysSince(
      asked.flatMap(({ tagIds }) => tagIds),
      now - recalledMs,
    );
    for (const stay of stays) {
      const asset = this.registry.byTag(tagId(stay.tagId));
      if (asset !== undefined) this.#recall(asset, stay);
    }
  }

  /** Where it still is, its place itself tells. */
  #recall(asset: Asset, { zoneId, enteredAt, leftAt }: Stay): void {
    const space = this.places.spaceOf(unitId(zoneId));
    if (space === undefined || leftAt === null) return;
    const times = { since: enteredAt, restingSince: enteredAt, at: leftAt };
    const place = { space, probability: stayProbability, others: [], wasSure: true, ...times, silent: false };
    this.views.followUse(asset, place);
  }
}

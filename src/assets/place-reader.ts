import { Injectable } from '@nestjs/common';
import { type Fix, levelId, type Move, sectionId, type TagId, tagId, unitId } from '../core';
import { Trail, type TrailFix } from '../history/trail';
import { MoveFeed } from '../moves/move-feed';
import { type Place, Places } from './places';
import { Registry } from './registry';

/** Keeps the places of tags as the moves tell them. */
@Injectable()
export class PlaceReader {
  readonly #listeners: ((tagIds: ReadonlySet<TagId>) => void)[] = [];

  constructor(
    private readonly feed: MoveFeed,
    private readonly places: Places,
    private readonly registry: Registry,
    private readonly trail: Trail,
  ) {}

  /** Called with the tags of whose assets something can have changed but where exactly they are. */
  onMoved(listener: (tagIds: ReadonlySet<TagId>) => void): void {
    this.#listeners.push(listener);
  }

  async start(): Promise<void> {
    await this.feed.follow((moves) => this.#take(moves));
    await this.#recall();
    this.registry.onChanged(({ freed }) => freed.forEach((tagId) => this.places.forget(tagId)));
  }

  /** Tags that are silent now have no track: where they were last seen is in history. */
  async #recall(): Promise<void> {
    const tags = [...this.registry.all()].flatMap(({ tagIds }) => tagIds);
    const unseen = tags.filter((tagId) => this.places.get(tagId) === undefined);
    for (const fix of await this.trail.lastFixes(unseen, 0)) this.places.putLastSeen(toFix(fix));
  }

  #take(moves: readonly Move[]): void {
    const moved = new Set<TagId>();
    for (const move of moves) this.#apply(move, moved);
    if (moved.size > 0) for (const listener of this.#listeners) listener(moved);
  }

  #apply(move: Move, moved: Set<TagId>): void {
    const before = this.places.get(move.tagId);
    this.places.apply(move);
    if (isTelling(before, this.places.get(move.tagId))) moved.add(move.tagId);
    if (move.changes.length === 0) return;
    const isSilent = move.changes.some((change) => change.type === 'silent');
    if (isSilent && this.registry.byTag(move.tagId) === undefined) this.places.forget(move.tagId);
  }
}

/** A place as sure as this much more or less is another place to whoever judges by it. */
const tellingStep = 0.1;

/** Most moves of a tag at rest tell nothing. What changes by little steps is found by whoever looks at all in turn. */
const isTelling = (before: Place | undefined, now: Place | undefined): boolean =>
  before === undefined ||
  now === undefined ||
  before.zoneId !== now.zoneId ||
  before.levelId !== now.levelId ||
  before.silent !== now.silent ||
  (before.restingSince === null) !== (now.restingSince === null) ||
  Math.abs(before.zoneProbability - now.zoneProbability) >= tellingStep;

const toFix = (fix: TrailFix): Fix => ({
  ...fix,
  tagId: tagId(fix.tagId),
  levelId: levelId(fix.levelId),
  zoneId: fix.zoneId === null ? null : unitId(fix.zoneId),
  sectionId: fix.sectionId === null ? null : sectionId(fix.sectionId),
  zones: [],
});

import { Injectable } from '@nestjs/common';
import type { ReadingKind, TagId } from '../core';

/** A value that stays the same is told again after this time, ms. */
const repeatAfterMs = 60_000;

/**
 * Tells what a tag measures from what it only repeats: every gateway hears the same battery with every advertisement.
 * Presses of a button are all told. Time is an argument; a tag not heard for two minutes is forgotten.
 */
@Injectable()
export class ReadingNews {
  readonly #last = new Map<ReadingKind, Map<TagId, { value: number; at: number }>>();
  #tidyAt = 0;

  /** Whether the reading is to be told; then it is what later ones are compared with. @param now epoch ms */
  isNews(tagId: TagId, kind: ReadingKind, value: number, now: number): boolean {
    if (kind === 'button') return true;
    if (now >= this.#tidyAt) this.#tidy(now);
    const ofKind = this.#of(kind);
    const last = ofKind.get(tagId);
    if (last === undefined) ofKind.set(tagId, { value, at: now });
    else if (last.value === value && now - last.at < repeatAfterMs) return false;
    else {
      last.value = value;
      last.at = now;
    }
    return true;
  }

  /** What was to be told may not have been: everything is told again. */
  forget(): void {
    this.#last.clear();
  }

  #of(kind: ReadingKind): Map<TagId, { value: number; at: number }> {
    const known = this.#last.get(kind);
    if (known !== undefined) return known;
    const begun = new Map<TagId, { value: number; at: number }>();
    this.#last.set(kind, begun);
    return begun;
  }

  #tidy(now: number): void {
    this.#tidyAt = now + repeatAfterMs;
    for (const byTag of this.#last.values()) {
      for (const [tagId, { at }] of byTag) if (now - at > 2 * repeatAfterMs) byTag.delete(tagId);
    }
  }
}

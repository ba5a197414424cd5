import { groupBy } from '../score/group-by';
import type { Entry } from '../score/locate-all';
import type { Truth } from '../score/read-ndjson';

/** A tag that has not moved for so long has been noticed to stand; before, its room may still be settled. */
const settleMs = 30_000;

interface Stay {
  readonly from: number;
  to: number;
}

/** Where each tag stood still, and when. */
export class Rests {
  readonly #stays = new Map<string, Stay[]>();

  /** @param truths in order of time. */
  constructor(truths: readonly Truth[]) {
    for (const [tag, own] of groupBy(truths, ({ tagId }): string => tagId)) this.#stays.set(tag, staysOf(own));
  }

  isAtRest(tagId: string, at: number): boolean {
    return this.#stays.get(tagId)?.some(({ from, to }) => from <= at && at <= to) ?? false;
  }

  /** Hours in which a change of room would be false. */
  get hours(): number {
    let ms = 0;
    for (const stays of this.#stays.values()) for (const { from, to } of stays) ms += Math.max(0, to - from - settleMs);
    return ms / 3_600_000;
  }

  /** Rooms announced as entered, other than the last one, by tags that had stood for a while. */
  falseChanges(entries: readonly Entry[]): number {
    let changes = 0;
    for (const [tag, own] of groupBy(entries, ({ tagId }): string => tagId)) {
      const stays = this.#stays.get(tag) ?? [];
      own.forEach(({ at, zoneId }, i) => {
        const isChange = i > 0 && own[i - 1]?.zoneId !== zoneId;
        if (isChange && stays.some(({ from, to }) => from + settleMs <= at && at <= to)) changes++;
      });
    }
    return changes;
  }
}

function staysOf(truths: readonly Truth[]): Stay[] {
  const stays: Stay[] = [];
  truths.forEach(({ at, x, y, levelId }, i) => {
    const before = truths[i - 1];
    const isStill = before !== undefined && before.x === x && before.y === y && before.levelId === levelId;
    const last = stays.at(-1);
    if (isStill && last !== undefined) last.to = at;
    else stays.push({ from: at, to: at });
  });
  return stays.filter(({ from, to }) => to > from);
}

export interface Ranked {
  readonly id: string;
  readonly expectedS: number;
}

/** How much sooner, in seconds and as a share, something must be to pass what is shown before it. */
const marginS = 5;
const marginShare = 0.1;

/**
 * The items in the order they are shown in, except where one has become clearly better: an answer looked at does not
 * swap places with the next for a second or two. What was not shown before is put by its expected time.
 * @param items least expected time first
 * @param shown ids as they are shown now, first to last
 */
export function steadyOrder<T extends Ranked>(items: readonly T[], shown: readonly string[]): T[] {
  const rank = new Map(shown.map((id, i) => [id, i]));
  const order: T[] = [];
  for (const item of items) {
    let place = order.length;
    for (; place > 0; place--) {
      const above = order[place - 1];
      if (above === undefined || !wasBefore(item, above, rank) || isClearlyBefore(above, item)) break;
    }
    order.splice(place, 0, item);
  }
  return order;
}

const wasBefore = (a: Ranked, b: Ranked, rank: ReadonlyMap<string, number>): boolean =>
  (rank.get(a.id) ?? Infinity) < (rank.get(b.id) ?? Infinity);

const isClearlyBefore = (a: Ranked, b: Ranked): boolean =>
  b.expectedS - a.expectedS > Math.max(marginS, marginShare * b.expectedS);

import type { TagClass } from '../core';

/** How many days rows are kept. */
export interface Retention {
  /** Of every tag whose class has no other. The days themselves are dropped after the longest of all. */
  readonly days: number;
  readonly byClass: ReadonlyMap<TagClass, number>;
}

/** The rollups must not outlive what they are made from while they still look at it (migrations/0006). */
const leastCountedDays = 10;

/** After so many days a day goes as a whole. */
export const longestDays = ({ days, byClass }: Retention): number => Math.max(days, ...byClass.values());

export const daysOf = ({ days, byClass }: Retention, tagClass: TagClass): number => byClass.get(tagClass) ?? days;

/** How long the hours made from stays are kept, and the stays of equipment they are made from. */
export const countedDays = (retention: Retention): number => Math.max(daysOf(retention, 'asset'), leastCountedDays);

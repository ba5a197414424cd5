import type { Stay } from '../api/types';

/** Passing through a doorway is no stay. */
const shortestMs = 60_000;

/**
 * The stays worth telling, newest first: those it passes through in less than a minute are left out, and what then
 * lies side by side in one room is one stay. The one it is in now is always told.
 */
export function worthTelling(stays: readonly Stay[], now: number): Stay[] {
  const told: Stay[] = [];
  for (const stay of stays) {
    const isShort = (stay.leftAt ?? now) - stay.enteredAt < shortestMs;
    if (isShort && stay.leftAt !== null) continue;
    const newer = told.at(-1);
    if (newer?.unitId === stay.unitId) told[told.length - 1] = { ...newer, enteredAt: stay.enteredAt };
    else told.push(stay);
  }
  return told;
}

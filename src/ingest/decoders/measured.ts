import type { ReadingKind } from '../../core';
import type { Measured } from './decoder';

/** What a value can be at all; outside it a sensor is saying "no value". */
const possible: Readonly<Record<ReadingKind, readonly [min: number, max: number]>> = {
  temperature: [-100, 150],
  humidity: [0, 100],
  pressure: [30_000, 110_000],
  battery: [0, 100],
  voltage: [0.1, 20],
  acceleration: [0, 32],
  motion: [0, 1],
  button: [0, 65_535],
};

/** Values that are there and can be true. */
export function measured(values: Partial<Record<ReadingKind, number | null | undefined>>): Measured[] {
  const found: Measured[] = [];
  for (const [kind, value] of Object.entries(values)) {
    const [min, max] = possible[kind as ReadingKind];
    if (typeof value === 'number' && value >= min && value <= max) found.push({ kind: kind as ReadingKind, value });
  }
  return found;
}

export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** Days are of UTC, counted from 1970. */
export const dayOf = (instant: number): number => Math.floor(instant / dayMs);
export const startOf = (day: number): string => new Date(day * dayMs).toISOString();

/** Draws that are the same on every run: mulberry32, a number in [0, 1). */
export type Dice = () => number;

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `digits` hexadecimal digits, lower case. */
export const hex = (roll: Dice, digits: number): string =>
  Array.from({ length: digits }, () => Math.floor(roll() * 16).toString(16)).join('');

/** As hex, but never the same twice. */
export function uniqueHex(roll: Dice, digits: number, used: Set<string>): string {
  let drawn = hex(roll, digits);
  while (used.has(drawn)) drawn = hex(roll, digits);
  used.add(drawn);
  return drawn;
}

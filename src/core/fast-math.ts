/** Steps to a unit of the exponent, and how far down the table goes: beyond it a weight is nothing. */
const perUnit = 128;
const lowest = 16;
const powers = Float64Array.from({ length: perUnit * lowest + 1 }, (_, i) => Math.exp(-i / perUnit));

/** e to the power of minus `depth`, for depths from 0 up, within half a percent; 0 beyond 16. */
export function expDown(depth: number): number {
  return depth < lowest ? (powers[(depth * perUnit + 0.5) | 0] ?? 0) : 0;
}

/** The same within a hundred-thousandth: the table read between its steps. */
export function expDownClosely(depth: number): number {
  if (!(depth < lowest)) return 0;
  const at = depth * perUnit;
  const step = at | 0;
  const before = powers[step] ?? 0;
  return before + ((powers[step + 1] ?? 0) - before) * (at - step);
}

/** Length of a vector. `Math.hypot` says the same more exactly, at ten times the cost and with memory of its own. */
export const lengthOf = (x: number, y: number): number => Math.sqrt(x * x + y * y);

const mantissaBits = 11;
const mantissas = Float64Array.from({ length: 1 << mantissaBits }, (_, i) =>
  Math.log(1 + (i + 0.5) / (1 << mantissaBits)),
);
const asNumber = new Float64Array(1);
const asWords = new Int32Array(asNumber.buffer);
/** Which of the two words of a number holds its exponent depends on the machine. */
asNumber[0] = 1;
const highWord = asWords[1] === 0 ? 0 : 1;

/** Natural logarithm of a positive normal number, within 0.0003. */
export function quickLog(value: number): number {
  asNumber[0] = value;
  const word = asWords[highWord] ?? 0;
  return ((word >>> 20) - 1023) * Math.LN2 + (mantissas[(word >>> (20 - mantissaBits)) & 2047] ?? 0);
}

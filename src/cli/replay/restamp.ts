/** Fields in which the vendors' formats carry time. */
const timeFields = new Set(['timestamp', 'heardAt', 'ts', 'gwts']);
/** Epoch seconds and epoch milliseconds of this century do not overlap. */
const leastSeconds = 946_684_800;
const leastMs = leastSeconds * 1000;
const digits = /^\d+(?:\.\d+)?$/;

/**
 * Moves every time in a JSON payload, in the type and unit it is in; formats without time come out as they went in,
 * and so does what is not JSON.
 */
export function restamp(payload: Buffer, shiftMs: number): Buffer {
  let body: unknown;
  try {
    body = JSON.parse(payload.toString('utf8'));
  } catch {
    return payload;
  }
  return Buffer.from(
    JSON.stringify(body, (key, value: unknown) => (timeFields.has(key) ? shift(value, shiftMs) : value)),
  );
}

function shift(value: unknown, shiftMs: number): unknown {
  if (typeof value === 'number') return shiftNumber(value, shiftMs);
  if (typeof value !== 'string') return value;
  if (digits.test(value)) return String(shiftNumber(Number(value), shiftMs));
  const at = Date.parse(value);
  return Number.isNaN(at) ? value : new Date(at + shiftMs).toISOString();
}

function shiftNumber(value: number, shiftMs: number): number {
  if (value >= leastMs) return value + shiftMs;
  return value >= leastSeconds ? value + Math.round(shiftMs / 1000) : value;
}

/**
 * A token bucket for each believed gateway and one for all strangers together, so that one flood leaves the others
 * alone. Time is an argument. There are as many buckets as gateways were ever on the plan.
 */
export class FloodGate {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  readonly #perMs: number;
  readonly #burst: number;

  /** @param perSecond messages a second; twice that may come at once */
  constructor(perSecond: number) {
    this.#perMs = perSecond / 1000;
    this.#burst = 2 * perSecond;
  }

  /** Takes a token. False: the sender is flooding, drop the message. */
  admit(sender: string, now: number): boolean {
    const bucket = this.#buckets.get(sender) ?? this.#begin(sender, now);
    bucket.tokens = Math.min(this.#burst, bucket.tokens + Math.max(0, now - bucket.at) * this.#perMs);
    bucket.at = now;
    const isAdmitted = bucket.tokens >= 1;
    if (isAdmitted) bucket.tokens -= 1;
    return isAdmitted;
  }

  #begin(sender: string, now: number): { tokens: number; at: number } {
    const bucket = { tokens: this.#burst, at: now };
    this.#buckets.set(sender, bucket);
    return bucket;
  }
}

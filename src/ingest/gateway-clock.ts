/** What became of a message's times. */
export type ClockVerdict = 'right' | 'corrected' | 'stamped' | 'refused';

/** A clock this near ours is believed as it is, ms. */
export const believedWithinMs = 2_000;
/** A message may come this late, because a broker or a gateway kept it for us, and still be believed, ms. */
export const latestMs = 600_000;
/** What an offset is learnt from: messages no older than this. */
const windowMs = 60_000;
const windowLength = 32;
/** An offset counts once this many messages over this time agree. */
const leastMessages = 8;
const leastSpanMs = 5_000;
/** Delays of messages that agree on an offset differ by less than this, beyond the clock's own step. */
const agreeWithinMs = 1_500;
/** An offset in use changes only by more than this: a message sent twice must get the same times twice. */
const settledWithinMs = 250;

interface Sample {
  readonly receivedAt: number;
  /** receivedAt − newest heardAt: the clock's offset and the delay on the way. */
  readonly behindMs: number;
}

const isPossible = (ageMs: number): boolean => ageMs >= -believedWithinMs && ageMs <= latestMs;

/**
 * Learns how far one gateway's clock is behind ours (negative: ahead) from the smallest delay of its recent messages,
 * and turns its times into ours. Time is an argument.
 */
export class GatewayClock {
  readonly #samples: Sample[] = [];
  /** Null until enough messages agree. */
  #offsetMs: number | null = null;
  /** Of the last message with times. */
  verdict: ClockVerdict = 'right';

  /** How far behind ours the clock is known to be; null while it is not known or needs no correction. */
  get correctionMs(): number | null {
    return this.#offsetMs === null || this.#offsetMs === 0 ? null : this.#offsetMs;
  }

  /**
   * Takes note of a message's times and says what to make of them. Learns from the newest that can be true, so that one
   * wild entry does not speak for the rest; from the newest of all when none can.
   * @param heardAt never empty
   * @param stepMs resolution of the clock as the format prints it
   */
  judge(heardAt: readonly number[], receivedAt: number, stepMs: number): ClockVerdict {
    let newest = -Infinity;
    let newestPossible = -Infinity;
    for (const at of heardAt) {
      newest = Math.max(newest, at);
      if (isPossible(receivedAt - at - (this.#offsetMs ?? 0))) newestPossible = Math.max(newestPossible, at);
    }
    const behindMs = receivedAt - (newestPossible === -Infinity ? newest : newestPossible);
    this.#remember({ receivedAt, behindMs }, stepMs);
    const possible = isPossible(behindMs - (this.#offsetMs ?? 0));
    if (this.#offsetMs === null) this.verdict = possible ? 'right' : 'stamped';
    else if (!possible) this.verdict = 'refused';
    else this.verdict = this.#offsetMs === 0 ? 'right' : 'corrected';
    return this.verdict;
  }

  /** A gateway's time on our clock, never after `receivedAt`; null when it cannot be true. */
  toOurs(heardAt: number, receivedAt: number, stepMs: number): number | null {
    if (this.verdict === 'stamped') return receivedAt;
    const at = heardAt + (this.#offsetMs ?? 0);
    const ageMs = receivedAt - at;
    if (!isPossible(ageMs)) return null;
    // A clock that prints whole steps says "during this step": just now, or else its middle.
    if (stepMs > 1) return ageMs <= 1.5 * stepMs ? receivedAt : at + stepMs / 2;
    return Math.min(at, receivedAt);
  }

  #remember(sample: Sample, stepMs: number): void {
    const samples = this.#samples;
    const since = sample.receivedAt - windowMs;
    while (samples.length >= windowLength || (samples[0]?.receivedAt ?? since) < since) samples.shift();
    samples.push(sample);
    const agreed = this.#agreedOffset(stepMs);
    if (agreed === null) return;
    const offset = Math.abs(agreed) <= believedWithinMs ? 0 : agreed;
    if (this.#offsetMs === null || Math.abs(offset - this.#offsetMs) > settledWithinMs) this.#offsetMs = offset;
  }

  /** The smallest delay when most of the recent messages are close to it. */
  #agreedOffset(stepMs: number): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || this.#samples.length < leastMessages) return null;
    if (last.receivedAt - first.receivedAt < leastSpanMs) return null;
    let least = Infinity;
    for (const { behindMs } of this.#samples) least = Math.min(least, behindMs);
    let near = 0;
    for (const { behindMs } of this.#samples) if (behindMs - least <= agreeWithinMs + stepMs) near++;
    return near * 2 > this.#samples.length ? least : null;
  }
}

import { describe, expect, it } from 'vitest';
import { type Pace, throttle } from '../../web/src/lib/live/throttle';

/** A clock moved by hand. */
class HandPace implements Pace {
  #now = 0;
  #waiting: { at: number; call: () => void }[] = [];
  now = () => this.#now;
  after(ms: number, call: () => void): () => void {
    const entry = { at: this.#now + ms, call };
    this.#waiting.push(entry);
    return () => (this.#waiting = this.#waiting.filter((other) => other !== entry));
  }
  advance(ms: number): void {
    this.#now += ms;
    const due = this.#waiting.filter(({ at }) => at <= this.#now);
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#now);
    for (const { call } of due) call();
  }
}

describe('throttle', () => {
  it('folds many calls into at most four a second and never loses the last', () => {
    const pace = new HandPace();
    let runs = 0;
    const throttled = throttle(
      () => runs++,
      () => 250,
      pace,
    );
    for (let ms = 0; ms < 2_000; ms += 10) {
      throttled.ask();
      pace.advance(10);
    }
    expect(runs).toBeLessThanOrEqual(9);
    expect(runs).toBeGreaterThanOrEqual(7);
    const before = runs;
    throttled.ask();
    pace.advance(250);
    expect(runs).toBe(before + 1);
  });

  it('runs at once after a quiet time, and not at all once stopped', () => {
    const pace = new HandPace();
    let runs = 0;
    const throttled = throttle(
      () => runs++,
      () => 250,
      pace,
    );
    pace.advance(1_000);
    throttled.ask();
    pace.advance(0);
    expect(runs).toBe(1);
    throttled.ask();
    throttled.stop();
    pace.advance(1_000);
    expect(runs).toBe(1);
  });
});

import { Histogram } from 'prom-client';
import type { Move } from '../core';

/** Upper ends of the histogram's buckets, seconds. */
export const delayBucketsS = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1, 2, 5, 15, 60];

const delay = new Histogram({
  name: 'whereabouts_live_delay_seconds',
  help: 'From receivedAt, when a door had the sighting, to the sockets, of every move but those of silent tags',
  buckets: delayBucketsS,
});

/** How long moves take from a door to the sockets of this process. */
export class LiveDelay {
  /** Of the moves the sockets have not been told yet, epoch ms. */
  readonly #received: number[] = [];

  /** A tag that fell silent was last heard long ago, and a place read from a stored track has no such time. */
  take({ receivedAt, changes }: Move): void {
    if (receivedAt > 0 && !changes.some(({ type }) => type === 'silent')) this.#received.push(receivedAt);
  }

  /** The sockets have been told of all that was taken. @param now epoch ms */
  told(now: number): void {
    for (const receivedAt of this.#received) delay.observe(Math.max(0, now - receivedAt) / 1000);
    this.#received.length = 0;
  }
}

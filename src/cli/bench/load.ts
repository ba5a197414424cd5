import { setTimeout as pause } from 'node:timers/promises';
import type { GatewayMessage } from '../vendor-formats';
import type { Sender } from './senders';

export interface Load {
  readonly next: () => { readonly message: GatewayMessage; readonly sightings: number };
  readonly sender: Sender;
  /** Sightings in a message. */
  readonly perMessage: number;
  /** Messages on their way at most. */
  readonly inFlight: number;
  readonly seconds: number;
  /** Sightings a second at most; Infinity for as many as go. */
  readonly rate: number;
}

/** What was acknowledged, and how long it took. */
export interface Sent {
  readonly messages: number;
  readonly sightings: number;
  readonly bytes: number;
  readonly seconds: number;
}

/** Sends for a while, never more than `inFlight` at once, and waits for the last acknowledgement. */
export async function sendFor(load: Load): Promise<Sent> {
  const startedAt = performance.now();
  const until = startedAt + load.seconds * 1000;
  let [messages, sightings, bytes, begun] = [0, 0, 0, 0];
  const lane = async (): Promise<void> => {
    while (performance.now() < until) {
      // Each message has its own moment, so that they come evenly and not all lanes' at once.
      const dueMs = (begun / load.rate) * 1000;
      begun += load.perMessage;
      const aheadMs = Math.min(dueMs, until - startedAt) - (performance.now() - startedAt);
      if (aheadMs > 1) await pause(aheadMs);
      if (performance.now() >= until) return;
      const { message, sightings: count } = load.next();
      await load.sender.send(message);
      messages++;
      sightings += count;
      bytes += message.payload.length;
    }
  };
  await Promise.all(Array.from({ length: load.inFlight }, lane));
  return { messages, sightings, bytes, seconds: (performance.now() - startedAt) / 1000 };
}

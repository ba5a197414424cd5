import { Inject, Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { type GatewayId, gatewayId } from '../core';
import { dropped } from '../health/dropped';
import { believe, type DropReason } from './believe';
import { DeadLetters } from './dead-letters';
import type { Decoded } from './decoders/decoder';
import { gatewayOfTopic, topicWords } from './decoders/formats';
import { recognise, type Recognised } from './decoders/recognise';
import { FloodGate } from './flood-gate';
import { Judges } from './judges';
import { lastMessageAt, messages, readingsTaken, sightingsTaken } from './ingest.metrics';
import { SightingWriter, StreamAway } from './sighting.writer';

type Door = 'mqtt' | 'http';

/** A message as a door got it. */
export interface DoorMessage {
  readonly door: Door;
  /** Topic or path. */
  readonly address: string;
  /** The gateway the HTTP path names. */
  readonly pathGateway: string | null;
  readonly payload: Buffer;
  /** Epoch ms. */
  readonly receivedAt: number;
  /** Offered before, when the stream was away: it is not counted against its sender again. */
  readonly isRepeat?: boolean;
}

/** What became of a message. */
export type Outcome =
  | { readonly kind: 'taken'; readonly sightings: number; readonly readings: number; readonly dropped: Counts }
  | { readonly kind: 'dropped'; readonly reason: MessageDrop }
  | { readonly kind: 'dead'; readonly reason: DeadReason; readonly detail: string };

export type MessageDrop = 'too-large' | 'flood' | 'not-sightings' | 'unknown-topic';
export type DeadReason = 'bad-json' | 'bad-schema' | 'unknown-format';
export interface Counts {
  readonly counts: Readonly<Record<string, number>>;
  /** Where the first entries left out are, and why. */
  readonly first: readonly { readonly where: string; readonly reason: string }[];
}

/** What the writer was handed of a message. */
interface Taken {
  readonly sightings: number;
  readonly readings: number;
  readonly dropped: Counts;
  /** Resolves when Redis has it. */
  readonly written: Promise<void>;
}

type Counters = Record<'sightings' | 'readings' | 'messages', Counter.Internal>;

const noteEveryMs = 100;

/** Larger than any gateway sends, bytes. */
export const messageBytesMax = 1_048_576;
/** All senders that are no believed gateway. */
const strangers = '';

/** The way of every message from its door to the stream: taken, dropped or put aside, each counted. */
@Injectable()
export class Intake {
  readonly #gate: FloodGate;
  readonly #last = {
    mqtt: { gauge: lastMessageAt.labels({ door: 'mqtt' }), notedAt: 0 },
    http: { gauge: lastMessageAt.labels({ door: 'http' }), notedAt: 0 },
  };
  /** By format. */
  readonly #counters = { mqtt: new Map<string, Counters>(), http: new Map<string, Counters>() };

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly judges: Judges,
    private readonly writer: SightingWriter,
    private readonly deadLetters: DeadLetters,
  ) {
    this.#gate = new FloodGate(config.gatewayMessagesPerS);
  }

  /**
   * Resolves when Redis has what is wanted of the message. Rejects with `StreamAway` when it has not: then nothing was
   * decided and the sender is to send it again. Up to the write all is synchronous, so messages keep their order.
   */
  async take(message: DoorMessage): Promise<Outcome> {
    const { door, receivedAt, payload } = message;
    this.#noteMessage(door, receivedAt);
    this.#refuseWhileAway();
    const topic = door === 'mqtt' ? topicWords(message.address) : [];
    if (payload.length > messageBytesMax) return this.#drop(door, 'unknown', 'too-large');
    const sender = this.#known(message.pathGateway ?? gatewayOfTopic(topic));
    const isNew = message.isRepeat !== true;
    if (isNew && sender !== null && !this.#gate.admit(sender, receivedAt)) return this.#drop(door, 'unknown', 'flood');
    const { format, result } = recognise(topic, message.pathGateway, payload);
    if (isNew && sender === null && !this.#admitsUnnamed(result, receivedAt)) return this.#drop(door, format, 'flood');
    if (result.ok) {
      const taken = this.#write(result.value, receivedAt);
      await taken.written;
      return this.#countTaken(door, format, taken);
    }
    if (result.reason === 'not-sightings') return this.#drop(door, format, result.reason);
    // Other traffic of the same broker is no gateway's, unless its topic says so.
    if (result.reason === 'unknown-format' && door === 'mqtt') return this.#drop(door, format, 'unknown-topic');
    return this.#putAside(message, format, result.reason, result.detail ?? '');
  }

  /** Hands the writer what is wanted. */
  #write({ reports, skipped }: Decoded, receivedAt: number): Taken {
    let [sightings, readings] = [0, 0];
    const counts: Record<string, number> = skipped.counts.size === 0 ? {} : Object.fromEntries(skipped.counts);
    const drop = (reason: DropReason, count: number): void => {
      counts[reason] = (counts[reason] ?? 0) + count;
    };
    const writes: Promise<void>[] = [];
    for (const report of reports) {
      const believed = believe(report, receivedAt, this.judges, drop);
      sightings += believed.sightings.length;
      readings += believed.readings.length;
      writes.push(this.writer.take(believed.sightings, believed.readings));
    }
    return { sightings, readings, dropped: { counts, first: skipped.first }, written: this.#all(writes) };
  }

  /** What was to be told may not have been. Most messages are of one gateway. */
  async #all(writes: readonly Promise<void>[]): Promise<void> {
    try {
      if (writes.length === 1) await writes[0];
      else await Promise.all(writes);
    } catch (error) {
      this.judges.news.forget();
      throw error;
    }
  }

  #countTaken(door: Door, format: string, taken: Taken): Outcome {
    const { sightings, readings, dropped: left } = taken;
    for (const [reason, count] of Object.entries(left.counts)) dropped.inc({ step: 'door', reason }, count);
    const counters = this.#countersOf(door, format);
    counters.messages.inc();
    if (sightings > 0) counters.sightings.inc(sightings);
    if (readings > 0) counters.readings.inc(readings);
    return { kind: 'taken', sightings, readings, dropped: left };
  }

  /** Labels are looked up once: these count every message. */
  #countersOf(door: Door, format: string): Counters {
    const known = this.#counters[door].get(format);
    if (known !== undefined) return known;
    const counters = {
      sightings: sightingsTaken.labels({ door }),
      readings: readingsTaken.labels({ door }),
      messages: messages.labels({ door, format, outcome: 'taken' }),
    };
    this.#counters[door].set(format, counters);
    return counters;
  }

  /** The gauge is read by the second: it need not be told of every message. */
  #noteMessage(door: Door, receivedAt: number): void {
    const last = this.#last[door];
    if (Math.abs(receivedAt - last.notedAt) < noteEveryMs) return;
    last.notedAt = receivedAt;
    last.gauge.set(receivedAt / 1000);
  }

  #refuseWhileAway(): void {
    if (!this.judges.enrolment.isLoaded) throw new StreamAway('not-ready', 'it is not known yet which gateways count');
    if (this.writer.isFull) throw new StreamAway('backlog', 'too many sightings wait for tracking');
  }

  #known(id: string | null | undefined): GatewayId | null {
    const known = id === null || id === undefined ? null : gatewayId(id);
    return known !== null && this.judges.enrolment.isKnownGateway(known) ? known : null;
  }

  /** Where only the payload names the sender. All strangers share one bucket: their names are free to make up. */
  #admitsUnnamed(result: Recognised['result'], now: number): boolean {
    const named = result.ok ? result.value.reports.flatMap((report) => report.gatewayIds) : [];
    return this.#gate.admit(named.find((id) => this.judges.enrolment.isKnownGateway(id)) ?? strangers, now);
  }

  #drop(door: string, format: string, reason: MessageDrop): Outcome {
    dropped.inc({ step: 'door', reason });
    messages.inc({ door, format, outcome: 'dropped' });
    return { kind: 'dropped', reason };
  }

  async #putAside(message: DoorMessage, format: string, reason: DeadReason, detail: string): Promise<Outcome> {
    const { door, address, receivedAt, payload } = message;
    await this.deadLetters.put({ door, address, reason, detail, receivedAt }, payload);
    dropped.inc({ step: 'door', reason });
    messages.inc({ door, format, outcome: 'dead' });
    return { kind: 'dead', reason, detail };
  }
}

import { type GatewayId, gatewayId, type ReadingKind, type Result, type TagId, tagId } from '../../core';
import { memo } from './memo';

/** A message as a decoder gets it: parsed, with what the door knows of its sender. */
export interface GatewayPost {
  /** Topic split at its slashes, a leading slash taken off; empty at the HTTP door. */
  readonly topic: readonly string[];
  /** The gateway the HTTP path names; null at the MQTT door. */
  readonly pathGateway: string | null;
  readonly body: unknown;
}

/** A value a tag announced about itself. */
export interface Measured {
  readonly kind: ReadingKind;
  readonly value: number;
}

/** One tag, heard once. */
export interface Heard {
  /** What the tag may be enrolled as, preferred first: what its payload says, then its radio address. Never empty. */
  readonly identities: readonly TagId[];
  /** dBm, −127…20. */
  readonly rssi: number;
  /** The gateway's clock, epoch ms; null when the message has no time. */
  readonly heardAt: number | null;
  readonly measured: readonly Measured[];
}

/** What one gateway heard. */
export interface Report {
  /** What the gateway may be known as, preferred first. */
  readonly gatewayIds: readonly GatewayId[];
  /** Step of the gateway's clock as its format prints it, ms. */
  readonly clockStepMs: number;
  readonly heard: readonly Heard[];
}

/** Why a single entry is left out of a message that is otherwise good. */
export type SkipReason = 'bad-entry' | 'bad-rssi' | 'bad-time' | 'no-identity';

/** Why a whole message is refused. `not-sightings`: a message we know that carries none. */
export type RefusalReason = 'bad-schema' | 'not-sightings';

export interface Decoded {
  readonly reports: readonly Report[];
  readonly skipped: WhatSkipped;
}

/** One vendor's format → sightings. Pure, and never throws whatever the body. */
export type Decode = (post: GatewayPost) => Result<Decoded, RefusalReason>;

const whereKept = 10;

/** Entries left out: how many under each reason, and where the first few are. Nobody adds to it who only reads it. */
export interface WhatSkipped {
  readonly counts: ReadonlyMap<SkipReason, number>;
  readonly first: readonly { readonly where: string; readonly reason: SkipReason }[];
}

/** The same while a message is read. */
export class Skipped implements WhatSkipped {
  readonly counts = new Map<SkipReason, number>();
  readonly first: { readonly where: string; readonly reason: SkipReason }[] = [];

  add(reason: SkipReason, where: string): void {
    this.counts.set(reason, (this.counts.get(reason) ?? 0) + 1);
    if (this.first.length < whereKept) this.first.push({ where, reason });
  }
}

const longestId = 128;
/** Addresses that say "no address". */
const nobody = new Set(['', '000000000000', 'ffffffffffff']);

const spellTag = memo(tagId, 50_000);
const spellGateway = memo(gatewayId, 5_000);

/** Ids in one spelling, without repeats and without those that name nobody. */
export function identities(...candidates: readonly unknown[]): TagId[] {
  return distinct(candidates, spellTag);
}

export function gatewayIds(...candidates: readonly unknown[]): GatewayId[] {
  return distinct(candidates, spellGateway);
}

function distinct<Id extends string>(candidates: readonly unknown[], spell: (raw: string) => Id): Id[] {
  const found: Id[] = [];
  for (const raw of candidates) {
    if (typeof raw !== 'string' || raw.length > longestId) continue;
    const id = spell(raw);
    if (!nobody.has(id) && !found.includes(id)) found.push(id);
  }
  return found;
}

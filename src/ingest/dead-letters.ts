import { Injectable } from '@nestjs/common';
import { RedisConnections } from '../redis/redis.module';
import { SightingWriter } from './sighting.writer';

/** A message that was wanted and could not be read. */
export interface DeadLetter {
  /** Stream id: when it was put aside, epoch ms, and a count. */
  readonly id: string;
  readonly door: string;
  /** Topic or path it came to. */
  readonly address: string;
  readonly reason: string;
  readonly detail: string;
  /** Epoch ms. */
  readonly receivedAt: number;
  readonly bytes: number;
  /** The first 4 kB, base64. */
  readonly payload: string;
}

const kept = 1_000;
const payloadKept = 4_096;
const textKept = 300;

/** Messages put aside, for an engineer to read. The newest thousand or so are kept. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly redis: RedisConnections,
    private readonly writer: SightingWriter,
  ) {}

  /** Rejects with `StreamAway` when it cannot be kept. */
  async put(letter: Omit<DeadLetter, 'id' | 'bytes' | 'payload'>, payload: Buffer): Promise<void> {
    const fields = {
      door: letter.door,
      address: letter.address.slice(0, textKept),
      reason: letter.reason,
      detail: letter.detail.slice(0, textKept),
      receivedAt: String(letter.receivedAt),
      bytes: String(payload.length),
      payload: payload.subarray(0, payloadKept).toString('base64'),
    };
    await this.writer.append([{ key: this.redis.keys.dead, fields: Object.entries(fields).flat(), keep: kept }]);
  }

  /** Newest first. */
  async newest(limit: number): Promise<DeadLetter[]> {
    const entries = await this.redis.commands.xrevrange(this.redis.keys.dead, '+', '-', 'COUNT', limit);
    return entries.map(([id, flat]) => {
      const field = (name: string): string => flat[flat.indexOf(name) + 1] ?? '';
      return {
        id,
        door: field('door'),
        address: field('address'),
        reason: field('reason'),
        detail: field('detail'),
        receivedAt: Number(field('receivedAt')),
        bytes: Number(field('bytes')),
        payload: field('payload'),
      };
    });
  }
}

import type { RedisConnections } from './redis.module';

/** An entry of a stream that was wanted but could not be used: kept so that someone can read why. */
export interface DeadEntry {
  /** Who put it aside: `tracking`, `history`. */
  readonly door: string;
  /** Stream it lay in. */
  readonly address: string;
  readonly reason: string;
  /** What the error said. */
  readonly detail: string;
  readonly payload: string | Buffer;
}

const kept = 1_000;
const payloadKept = 4_096;
const detailKept = 1_000;

/** Puts entries beside the messages that the doors put aside, in the same form (`ingest/dead-letters.ts` reads them). */
export async function putAside({ commands, keys }: RedisConnections, letters: readonly DeadEntry[]): Promise<void> {
  await Promise.all(
    letters.map(({ door, address, reason, detail, payload }) => {
      const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
      const fields = {
        door,
        address,
        reason,
        detail: detail.slice(0, detailKept),
        receivedAt: String(Date.now()),
        bytes: String(bytes.length),
        payload: bytes.subarray(0, payloadKept).toString('base64'),
      };
      return commands.xadd(keys.dead, 'MAXLEN', '~', kept, '*', ...Object.entries(fields).flat());
    }),
  );
}

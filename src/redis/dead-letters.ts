import type { RedisConnections } from './redis.module';

/** A message or an entry that was wanted but could not be used: kept so that someone can read why. */
export interface DeadLetter {
  /** Where it was put aside: `mqtt`, `http`, `tracking`, `history`. */
  readonly door: string;
  readonly reason: string;
  /** What the error said. */
  readonly detail: string;
  readonly payload: string;
}

const lettersKept = 10_000;

/** Puts letters aside in `sightings:dead`, the oldest going first when there are too many. */
export async function putAside({ commands, keys }: RedisConnections, letters: readonly DeadLetter[]): Promise<void> {
  await Promise.all(
    letters.map(({ door, reason, detail, payload }) =>
      commands.xadd(
        keys.dead,
        'MAXLEN',
        '~',
        lettersKept,
        '*',
        ...['door', door, 'reason', reason, 'detail', detail, 'at', String(Date.now()), 'payload', payload],
      ),
    ),
  );
}

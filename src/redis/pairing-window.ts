import type { GatewayId } from '../core';
import type { RedisConnections } from './redis.module';

/** While it is open, one gateway's unknown tags may be seen, to enrol one of them. */
export interface PairingWindow {
  readonly gatewayId: GatewayId;
  /** Epoch ms. */
  readonly until: number;
}

/** Null when none is open. */
export async function readPairingWindow({ commands, keys }: RedisConnections): Promise<PairingWindow | null> {
  const text = await commands.get(keys.pairingWindow);
  return text === null ? null : (JSON.parse(text) as PairingWindow);
}

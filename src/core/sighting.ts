import type { GatewayId, TagId } from './ids';

/** One gateway heard one tag once. Two clocks: when the gateway heard it and when we received it. */
export interface Sighting {
  readonly tagId: TagId;
  readonly gatewayId: GatewayId;
  /** Received signal strength, dBm, −127…20. */
  readonly rssi: number;
  /** When the gateway heard the tag, epoch ms, corrected for the gateway's clock. */
  readonly heardAt: number;
  /** When the door received the message, epoch ms on our clock. */
  readonly receivedAt: number;
}

/** Allowed RSSI, dBm: what Bluetooth controllers can report. */
export const minRssi = -127;
export const maxRssi = 20;

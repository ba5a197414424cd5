import type { GatewayId, TagId } from './ids';

/** What a device can measure, each in one unit. */
export type ReadingKind =
  | 'temperature' // °C
  | 'humidity' // % relative
  | 'pressure' // Pa
  | 'battery' // % of full
  | 'voltage' // V
  | 'acceleration' // g, magnitude
  | 'motion' // 1 moving, 0 at rest
  | 'button'; // presses counted by the device, or 1 for a press event

/** A value a device measured. */
export interface Reading {
  readonly tagId: TagId;
  readonly gatewayId: GatewayId;
  readonly kind: ReadingKind;
  readonly value: number;
  /** Epoch ms on the gateway's corrected clock. */
  readonly heardAt: number;
  /** Epoch ms on our clock. */
  readonly receivedAt: number;
}

/** One message as a gateway sends it, ready for a door. */
export interface GatewayMessage {
  readonly door: Door;
  /** MQTT topic; absent at the HTTP door. */
  readonly topic?: string;
  /** HTTP path; absent at the MQTT door. */
  readonly path?: string;
  readonly contentType: string;
  readonly payload: Buffer;
}

export type Door = 'mqtt' | 'http';

/** What a gateway heard, by its own clock. */
export interface HeardTag {
  /** A radio address, `ibeacon:<uuid>-<major>-<minor>`, or whatever name the format can carry. */
  readonly tagId: string;
  /** dBm */
  readonly rssi: number;
  /** Epoch ms on the gateway's clock. */
  readonly heardAt: number;
}

/** Turns what one gateway heard into its messages, in order. Throws `CannotCarry` for a tag the format has no place for. */
export type Encode = (gatewayId: string, heard: readonly HeardTag[], door: Door) => GatewayMessage[];

/** The format has no field for such a tag id. */
export class CannotCarry extends Error {
  override name = 'CannotCarry';

  constructor(format: string, tagId: string) {
    super(`The ${format} format cannot carry tag ${tagId}: it carries radio addresses and iBeacons only`);
  }
}

/** A JSON message for either door. */
export function jsonMessage(gatewayId: string, door: Door, topic: string, body: unknown): GatewayMessage {
  const payload = Buffer.from(JSON.stringify(body));
  const contentType = 'application/json';
  if (door === 'mqtt') return { door, topic, contentType, payload };
  return { door, path: `/api/gateways/${encodeURIComponent(gatewayId)}/messages`, contentType, payload };
}

/** A tag id as the radio carries it: an address, or an address with an iBeacon on it. */
export interface OnAir {
  /** 12 hexadecimal digits, upper case. */
  readonly mac: string;
  readonly ibeacon: { readonly uuid: string; readonly major: number; readonly minor: number } | null;
}

const address = /^[0-9a-f]{12}$/i;
const ibeacon = /^ibeacon:([0-9a-f]{32})-(\d{1,5})-(\d{1,5})$/i;

/** Null for a tag id that is neither a radio address nor an iBeacon. An iBeacon gets a made-up random address. */
export function onAir(tagId: string): OnAir | null {
  if (address.test(tagId)) return { mac: tagId.toUpperCase(), ibeacon: null };
  const parts = ibeacon.exec(tagId);
  if (parts === null) return null;
  const [, uuid = '', major, minor] = parts;
  const pair = (value: number): string => value.toString(16).padStart(4, '0');
  const mac = `C0DE${pair(Number(major))}${pair(Number(minor))}`.toUpperCase();
  return { mac, ibeacon: { uuid: uuid.toUpperCase(), major: Number(major), minor: Number(minor) } };
}

/** Advertising structures of such a tag, hexadecimal: an iBeacon frame, or a Minew information frame with a full battery. */
export function advertisement({ mac, ibeacon: beacon }: OnAir): string {
  if (beacon !== null) {
    const pair = (value: number): string => value.toString(16).padStart(4, '0');
    return `0201061aff4c000215${beacon.uuid}${pair(beacon.major)}${pair(beacon.minor)}c5`.toUpperCase();
  }
  const littleEndian = (mac.match(/../g) ?? []).reverse().join('');
  return `0201060303E1FF1016E1FFA10864${littleEndian}504C5553`;
}

/** `AABBCCDDEEFF` → `AA:BB:CC:DD:EE:FF`; any other name as it is. */
export function withColons(id: string): string {
  return address.test(id) ? (id.toUpperCase().match(/../g) ?? []).join(':') : id;
}

/** A gateway's name as firmware prints it: addresses in upper case, names as they are. */
export const printed = (id: string): string => (address.test(id) ? id.toUpperCase() : id);

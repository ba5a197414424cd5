import advlib from 'advlib';
import bleProcessor from 'advlib-ble';
import manufacturers from 'advlib-ble-manufacturers';
import services from 'advlib-ble-services';
import { z } from 'zod';
import { altBeaconId } from './altbeacon';
import type { Measured } from './decoder';
import { measured } from './measured';
import { memo } from './memo';

/** What a tag's advertisement says of it. */
export interface Advertisement {
  /** `ibeacon:…`, `altbeacon:…`, `eddystone:…` or an address carried in the payload. */
  readonly identities: readonly string[];
  readonly measured: readonly Measured[];
}

const nothing: Advertisement = { identities: [], measured: [] };
const processors = [
  { processor: bleProcessor, libraries: [services, manufacturers], options: { isPayloadOnly: true } },
];

/** The keys of advlib we read, each believed only in its own shape. */
const booleans = z.array(z.boolean()).optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const parsedPacket = z.object({
  deviceIds: z.array(z.unknown()).optional().catch(undefined),
  uri: z.string().optional().catch(undefined),
  temperature: number,
  relativeHumidity: number,
  pressure: number,
  batteryPercentage: number,
  batteryVoltage: number,
  acceleration: z.array(z.number()).length(3).optional().catch(undefined),
  isMotionDetected: booleans,
  isButtonPressed: booleans,
});
type ParsedPacket = z.output<typeof parsedPacket>;

/** Longest advertisement Bluetooth 5 allows, bytes. */
const longest = 1650;
const hexText = /^(?:[0-9a-f]{2})+$/;

/**
 * Reads advertising structures given as hexadecimal text. Never throws. What follows a structure of impossible length
 * is ignored, what precedes it is read; values that mean "not available" or cannot be are left out.
 */
export function readAdvertisement(text: string): Advertisement {
  return text.length === 0 || text.length > 2 * longest ? nothing : readKnown(text);
}

const readKnown = memo(readBytes, 20_000);

function readBytes(text: string): Advertisement {
  const hex = text.toLowerCase();
  if (!hexText.test(hex)) return nothing;
  const structures = wellFormed(hex);
  if (structures.length === 0) return nothing;
  const packet = parsePacket(structures.join(''));
  const alt = structures.map((one) => (one.startsWith('ff', 2) ? altBeaconId(one.slice(4)) : null));
  return {
    identities: [...payloadIds(packet), ...alt.filter((id) => id !== null)],
    measured: packet === null ? [] : measuredIn(packet),
  };
}

/** One advertising structure, or nothing when the data is not hexadecimal or too long. */
export function structure(type: string, data: string): string {
  if (!hexText.test(data.toLowerCase()) || data.length > 2 * 254) return '';
  return `${(data.length / 2 + 1).toString(16).padStart(2, '0')}${type}${data}`;
}

/** The structures up to the first whose length byte is zero or runs past the end. */
function wellFormed(hex: string): string[] {
  const found: string[] = [];
  for (let at = 0; at + 4 <= hex.length;) {
    const end = at + 2 + 2 * parseInt(hex.slice(at, at + 2), 16);
    if (end === at + 2 || end > hex.length) break;
    if (end > at + 4) found.push(hex.slice(at, end));
    at = end;
  }
  return found;
}

/** advlib throws on what it does not expect: then the packet says nothing. */
function parsePacket(hex: string): ParsedPacket | null {
  let raw: unknown;
  try {
    raw = advlib.process(hex, processors);
  } catch {
    return null;
  }
  const parsed = parsedPacket.safeParse(raw);
  return parsed.success ? parsed.data : null;
}

const ibeacon = /^([0-9a-f]{32})\/([0-9a-f]{4})\/([0-9a-f]{4})$/;
const eddystone = /^([0-9a-f]{20})\/([0-9a-f]{12})$/;
const address = /^([0-9a-f]{12})(?:\/\d)?$/;

function payloadIds(packet: ParsedPacket | null): string[] {
  const found: string[] = [];
  for (const id of packet?.deviceIds ?? []) {
    if (typeof id !== 'string') continue;
    const [, uuid, major = '', minor = ''] = ibeacon.exec(id) ?? [];
    const [, namespace, instance = ''] = eddystone.exec(id) ?? [];
    const [, mac] = address.exec(id) ?? [];
    if (uuid !== undefined) found.push(`ibeacon:${uuid}-${parseInt(major, 16)}-${parseInt(minor, 16)}`);
    else if (namespace !== undefined) found.push(`eddystone:${namespace}-${instance}`);
    else if (mac !== undefined) found.push(mac);
  }
  return found;
}

/** What Ruuvi's "not available" comes out as: an all-ones field with the format's offset put on. */
const ruuviNone = { pressure: 65_535 + 50_000, voltage: (2_047 + 1_600) / 1_000, acceleration: -32.768 };

function measuredIn(packet: ParsedPacket): Measured[] {
  const { pressure, batteryVoltage, acceleration, isMotionDetected, isButtonPressed } = packet;
  const isRuuvi = packet.uri?.includes('Ruuvi') ?? false;
  const isStill = (values: readonly number[]): boolean => values.includes(ruuviNone.acceleration);
  return measured({
    temperature: packet.temperature,
    humidity: packet.relativeHumidity,
    pressure: pressure === ruuviNone.pressure ? null : pressure,
    battery: packet.batteryPercentage,
    voltage: isRuuvi && batteryVoltage === ruuviNone.voltage ? null : batteryVoltage,
    acceleration: acceleration === undefined || isStill(acceleration) ? null : Math.hypot(...acceleration),
    motion: isMotionDetected === undefined ? null : Number(isMotionDetected.some(Boolean)),
    button: isButtonPressed?.some(Boolean) === true ? 1 : null,
  });
}

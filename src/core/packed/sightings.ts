import type { GatewayId, TagId } from '../ids';
import type { Sighting } from '../sighting';
import { ByteReader, ByteWriter } from './bytes';
import { isEarlierFormat, packedFormat } from './entry-format';

const mostInRun = 0xffff;

/**
 * Sightings → one entry of `sightings:{shard}`. Those that come in a row from one gateway message share its head:
 *
 * format (1 byte), then runs of: gateway (text), receivedAt (f64), count (u16), count × [tag (text), rssi, heardAt (f64)]
 */
export class SightingPacker {
  readonly #bytes = new ByteWriter();
  #gatewayId: GatewayId | null = null;
  #receivedAt = 0;
  #countAt = 0;
  #count = 0;

  /** Bytes of the entry so far; 0 when nothing was added. */
  get length(): number {
    return this.#bytes.length;
  }

  add({ tagId, gatewayId, rssi, heardAt, receivedAt }: Sighting): void {
    const bytes = this.#bytes;
    const isSameRun = gatewayId === this.#gatewayId && receivedAt === this.#receivedAt && this.#count < mostInRun;
    if (!isSameRun || bytes.length === 0) this.#begin(gatewayId, receivedAt);
    bytes.text(tagId);
    bytes.f64(rssi);
    bytes.f64(heardAt);
    bytes.setU16(this.#countAt, ++this.#count);
  }

  /** The entry; the packer is empty after it. */
  take(): Buffer {
    return this.#bytes.take();
  }

  #begin(gatewayId: GatewayId, receivedAt: number): void {
    const bytes = this.#bytes;
    if (bytes.length === 0) bytes.u8(packedFormat);
    bytes.text(gatewayId);
    bytes.f64(receivedAt);
    this.#countAt = bytes.length;
    this.#count = 0;
    this.#gatewayId = gatewayId;
    this.#receivedAt = receivedAt;
    bytes.u16(0);
  }
}

export function packSightings(sightings: readonly Sighting[]): Buffer {
  const packer = new SightingPacker();
  for (const sighting of sightings) packer.add(sighting);
  return packer.take();
}

/** Stream entry → sightings, in the order they were packed. @throws on an entry that is none */
export function unpackSightings(entry: Buffer): Sighting[] {
  if (isEarlierFormat(entry)) return sightingsOfText(entry.toString());
  const bytes = new ByteReader(entry, 1);
  const sightings: Sighting[] = [];
  while (!bytes.isAtEnd) {
    const gatewayId = bytes.text() as GatewayId;
    const receivedAt = bytes.f64();
    for (let left = bytes.u16(); left > 0; left--) {
      const tagId = bytes.text() as TagId;
      const rssi = bytes.f64();
      sightings.push({ tagId, gatewayId, rssi, heardAt: bytes.f64(), receivedAt });
    }
  }
  if (sightings.length === 0) throw new TypeError('Unexpected entry without sightings');
  return sightings;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** As the first release wrote them: `[[gateway, receivedAt, tag, rssi, heardAt, tag, …], …]`. */
function sightingsOfText(entry: string): Sighting[] {
  const messages: unknown = JSON.parse(entry);
  if (!isList(messages) || messages.length === 0) throw new TypeError('Unexpected sightings entry');
  return messages.flatMap(sightingsOfMessage);
}

function sightingsOfMessage(message: unknown): Sighting[] {
  const [gateway, receivedAt, ...rest] = isList(message) ? message : [];
  if (typeof gateway !== 'string' || typeof receivedAt !== 'number' || rest.length % 3 !== 0) {
    throw new TypeError('Unexpected sightings entry');
  }
  return Array.from({ length: rest.length / 3 }, (_, i): Sighting => {
    const [tag, rssi, heardAt] = rest.slice(3 * i);
    if (typeof tag !== 'string' || typeof rssi !== 'number' || typeof heardAt !== 'number') {
      throw new TypeError(`Unexpected sighting ${i} of a sightings entry`);
    }
    return { tagId: tag as TagId, gatewayId: gateway as GatewayId, rssi, heardAt, receivedAt };
  });
}

import { type Decoded, gatewayIds, type WhatSkipped } from './decoder';
import { EntryScanner } from './entry-scanner';
import { entryEspresense, isDevice, isTelemetry } from './espresense';
import { fieldsOf } from './fields';
import { entryLong, gatewayLong } from './minew';
import { batch, decodeEntry } from './plain';

/** A message read the quick way. */
export interface Scanned {
  readonly format: 'minew-long' | 'json' | 'espresense';
  readonly decoded: Decoded;
}

const minew = new EntryScanner({ time: 'timestamp' }, entryLong);
const plain = new EntryScanner({ time: 'heardAt' }, decodeEntry);
/** What a node works out from strengths changes with every message, and is not asked for. */
const espresense = new EntryScanner(
  { time: null, ignored: ['distance', 'raw', 'speed', 'var', 'rssiVar', 'distVar', 'int', 'interval'] },
  (entry) => (isTelemetry(entry) ? 'bad-entry' : entryEspresense(entry)),
);
const opensList = 0x5b;
const opensObject = 0x7b;
const sightings = Buffer.from('"sightings":[');
/** Keys by which a list is in another format than Minew's. */
const others = ['gateway', 'transmitterId', 'rssiSignature'];

/**
 * The formats that make up nearly all traffic, read without making an object of every entry. Null for anything else and for
 * whatever is not as these gateways usually send it: `recognise` then reads it the slow way, to the same result.
 * @param topic as `recognise` has it
 */
export function scan(topic: readonly string[], pathGateway: string | null, payload: Buffer): Scanned | null {
  const [first, second, third] = topic;
  if (first === 'espresense') return scanEspresense(payload, topic, pathGateway);
  const isOurs = first === 'whereabouts' && second === 'gateways';
  if (first !== undefined && first !== 'gw' && !isOurs) return null;
  const path = isOurs ? (third ?? null) : pathGateway;
  if (payload[0] === opensList) return scanMinew(payload, path, first === 'gw' ? second : undefined);
  return payload[0] === opensObject && first !== 'gw' ? scanPlain(payload, path) : null;
}

function scanEspresense(payload: Buffer, topic: readonly string[], path: string | null): Scanned | null {
  const heard = isDevice(topic) ? espresense.scanOne(payload) : null;
  return heard === null ? null : { format: 'espresense', decoded: decodedOf(gatewayIds(path, topic[3]), [heard]) };
}

function scanMinew(payload: Buffer, path: string | null, topicGateway: string | undefined): Scanned | null {
  const headEnd = payload.indexOf('}') + 1;
  if (headEnd === 0 || payload[headEnd] !== 0x2c) return null;
  const head = fieldsOf(parse(payload.toString('latin1', 1, headEnd)));
  if (head === null || others.some((key) => Object.hasOwn(head, key))) return null;
  const gateway = gatewayLong.safeParse(head);
  if (!gateway.success) return null;
  const heard = minew.scan(payload, headEnd + 1, payload.length - 1);
  if (heard === null) return null;
  const ids = gatewayIds(path, gateway.data.mac, topicGateway);
  return { format: 'minew-long', decoded: decodedOf(ids, heard) };
}

function scanPlain(payload: Buffer, path: string | null): Scanned | null {
  const listAt = payload.indexOf(sightings) + sightings.length;
  if (listAt < sightings.length || payload.at(-1) !== 0x7d) return null;
  const head = batch.safeParse(parse(`${payload.toString('latin1', 0, listAt)}]}`));
  if (!head.success) return null;
  const heard = plain.scan(payload, listAt, payload.length - 2);
  return heard === null ? null : { format: 'json', decoded: decodedOf(gatewayIds(path, head.data.gatewayId), heard) };
}

/** What has an odd entry is not read this way. */
const nothingSkipped: WhatSkipped = { counts: new Map(), first: [] };

const decodedOf = (ids: ReturnType<typeof gatewayIds>, heard: Decoded['reports'][number]['heard']): Decoded => ({
  reports: [{ gatewayIds: ids, clockStepMs: 1, heard }],
  skipped: nothingSkipped,
});

/** Undefined when it is no JSON, or not in ASCII. */
function parse(text: string): unknown {
  try {
    return /^[\x20-\x7e]*$/.test(text) ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

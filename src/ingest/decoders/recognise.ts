import { refused, type Result, taken } from '../../core';
import type { Decoded, GatewayPost, RefusalReason } from './decoder';
import { decoders, type Format, formatOf, formatOfTopic } from './formats';
import { parseJson } from './parse-json';
import { scan } from './scan';

/** What became of a payload: which format it is, and what that format's decoder made of it. */
export interface Recognised {
  readonly format: Format | 'unknown';
  readonly result: Result<Decoded, RefusalReason | 'unknown-format' | 'bad-json'>;
}

/**
 * Reads a payload by its topic where the topic says what it is, else by what is in it. Our own topic names the gateway
 * as the HTTP path does. Never throws.
 * @param topic empty at the HTTP door
 */
export function recognise(topic: readonly string[], pathGateway: string | null, payload: Buffer): Recognised {
  const scanned = scan(topic, pathGateway, payload);
  if (scanned !== null) return { format: scanned.format, result: taken(scanned.decoded) };
  return recogniseParsed(topic, pathGateway, payload);
}

/** The same for any message, by way of its JSON. */
export function recogniseParsed(topic: readonly string[], pathGateway: string | null, payload: Buffer): Recognised {
  const parsed = parseJson(payload);
  const body = parsed.ok ? parsed.value : undefined;
  const format = formatOfTopic(topic, body) ?? formatOf(body);
  const isOurs = topic[0] === 'whereabouts';
  const post = isOurs ? { topic: [], pathGateway: topic[2] ?? null, body } : { topic, pathGateway, body };
  const decoded = decode(format, post);
  // Some topics carry plain words (`online`): those are not sightings. Of an unknown topic nothing is expected.
  const isExpected = decoded.result.ok || decoded.result.reason !== 'not-sightings';
  const isUnknown = topic.length > 0 && format === null;
  return parsed.ok || !isExpected || isUnknown ? decoded : { format: decoded.format, result: parsed };
}

function decode(format: Format | null, post: GatewayPost): Recognised {
  if (format === null) {
    return { format: 'unknown', result: refused('unknown-format', 'not a message of any gateway we know') };
  }
  return { format, result: decoders[format](post) };
}

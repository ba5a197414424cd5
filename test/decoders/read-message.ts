import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Decode, Decoded, GatewayPost, RefusalReason } from '../../src/ingest/decoders/decoder';

/** A message as a gateway sent it. */
export const readMessage = (name: string): unknown =>
  JSON.parse(readFileSync(join('test', 'fixtures', 'messages', name), 'utf8'));

/** A message, changed. */
export const changed = (name: string, change: object): unknown => Object.assign({}, readMessage(name), change);

/** A message on a topic. */
export const onTopic = (topic: string, body: unknown): GatewayPost => ({
  topic: topic.split('/'),
  pathGateway: null,
  body,
});

/** A message at the HTTP door. */
export const atPath = (gateway: string, body: unknown): GatewayPost => ({ topic: [], pathGateway: gateway, body });

/** What the decoder read; fails the test when it refused. */
export function read(decode: Decode, post: GatewayPost): Decoded {
  const result = decode(post);
  if (!result.ok) throw new Error(`refused: ${result.reason} ${result.detail ?? ''}`);
  return result.value;
}

export function refusal(decode: Decode, post: GatewayPost): RefusalReason | 'none' {
  const result = decode(post);
  return result.ok ? 'none' : result.reason;
}

/** The skips as a plain object. */
export const skips = ({ skipped }: Decoded): Record<string, number> => Object.fromEntries(skipped.counts);

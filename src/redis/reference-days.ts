import { gatewayId, type HeardReference } from '../core';
import type { RedisConnections } from './redis.module';

/** Days are kept so long: a refit looks back no further. */
export const referenceDaysKept = 7;
const dayMs = 86_400_000;
const [count, sum, squares] = ['n', 's', 'q'];
const separator = '\n';

/** UTC day of an instant, `2026-01-31`. @param at epoch ms */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Adds to a day what was heard; strengths are whole dBm here. The day ends a week later. */
export async function addReferences(
  { commands, keys }: RedisConnections,
  at: number,
  heard: readonly HeardReference[],
): Promise<void> {
  const key = keys.referencesHeard(dayOf(at));
  const change = commands.pipeline();
  for (const own of heard) {
    const pair = `${own.transmitter}${separator}${own.gatewayId}${separator}`;
    change.hincrby(key, pair + count, own.count);
    change.hincrby(key, pair + sum, Math.round(own.sum));
    change.hincrby(key, pair + squares, Math.round(own.squares));
  }
  change.expireat(key, Math.ceil((at + (referenceDaysKept + 1) * dayMs) / 1000));
  for (const [error] of (await change.exec()) ?? []) if (error !== null) throw error;
}

/** What was heard on the day of an instant. */
export async function readReferences({ commands, keys }: RedisConnections, at: number): Promise<HeardReference[]> {
  const pairs = new Map<string, Record<string, number>>();
  for (const [field, value] of Object.entries(await commands.hgetall(keys.referencesHeard(dayOf(at))))) {
    const end = field.lastIndexOf(separator);
    const pair = pairs.get(field.slice(0, end)) ?? {};
    pair[field.slice(end + 1)] = Number(value);
    pairs.set(field.slice(0, end), pair);
  }
  return [...pairs].flatMap(([pair, { n = 0, s = 0, q = 0 }]) => {
    const [transmitter = '', gateway = ''] = pair.split(separator);
    return n === 0 ? [] : [{ transmitter, gatewayId: gatewayId(gateway), count: n, sum: s, squares: q }];
  });
}

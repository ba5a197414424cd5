import { z } from 'zod';
import { refused, taken } from '../../core';
import { type Decode, gatewayIds, type Heard, identities, Skipped } from './decoder';
import { fieldsOf, firstIssue, toHearing, toText } from './fields';

/** Our own batch: `{ gatewayId?, sightings: [{ tagId, rssi, heardAt? }] }`, times in epoch ms or ISO 8601. */
export const batch = z.object({
  gatewayId: z.string().min(1).max(128).optional(),
  sightings: z.array(z.unknown()),
});

export const decodePlain: Decode = ({ pathGateway, body }) => {
  const parsed = batch.safeParse(body);
  if (!parsed.success) return refused('bad-schema', firstIssue(parsed.error));
  const skipped = new Skipped();
  const heard: Heard[] = [];
  for (const [i, raw] of parsed.data.sightings.entries()) {
    const one = decodeEntry(raw);
    if (typeof one === 'string') skipped.add(one, `sightings[${i}]`);
    else heard.push(one);
  }
  const ids = gatewayIds(pathGateway, parsed.data.gatewayId);
  return taken({ reports: [{ gatewayIds: ids, clockStepMs: 1, heard }], skipped });
};

export function decodeEntry(raw: unknown): Heard | 'bad-entry' | 'bad-rssi' | 'bad-time' | 'no-identity' {
  const sighting = fieldsOf(raw);
  const tagId = toText(sighting?.['tagId']);
  if (sighting === null || tagId === undefined) return 'bad-entry';
  const hearing = toHearing(sighting['rssi'], sighting['heardAt']);
  if (typeof hearing === 'string') return hearing;
  const ids = identities(tagId);
  return ids.length === 0 ? 'no-identity' : { identities: ids, ...hearing, measured: [] };
}

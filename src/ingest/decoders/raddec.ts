import { z } from 'zod';
import { refused, taken } from '../../core';
import { readAdvertisement } from './advertisement';
import { type Decode, gatewayIds, type Heard, identities, Skipped } from './decoder';
import { firstIssue, toRssi, toTime } from './fields';

/** reelyActive's raddec as JSON: one transmitter, everyone who heard it, the packets it sent. Or an array of them. */
const raddec = z.object({
  transmitterId: z.string().min(1),
  rssiSignature: z.array(z.unknown()),
  packets: z.array(z.unknown()).optional().catch(undefined),
  timestamp: z.unknown().optional(),
});
const decoding = z.object({ receiverId: z.string().min(1), rssi: z.unknown().optional() });

/** A path names who forwards, not who heard: the receivers in the body are the gateways. */
export const decodeRaddec: Decode = ({ body }) => {
  const bodies: readonly unknown[] = Array.isArray(body) ? body : [body];
  const skipped = new Skipped();
  const heardBy = new Map<string, Heard[]>();
  for (const [i, one] of bodies.entries()) {
    const parsed = raddec.safeParse(one);
    if (parsed.success) spread(parsed.data, heardBy, skipped, bodies.length === 1 ? '' : `[${i}].`);
    else if (bodies.length === 1) return refused('bad-schema', firstIssue(parsed.error));
    else skipped.add('bad-entry', `[${i}]`);
  }
  const reports = [...heardBy].map(([receiver, heard]) => ({
    gatewayIds: gatewayIds(receiver),
    clockStepMs: 1,
    heard,
  }));
  return taken({ reports, skipped });
};

/** One raddec → a sighting at each receiver. */
function spread(
  { transmitterId, rssiSignature, packets, timestamp }: z.output<typeof raddec>,
  heardBy: Map<string, Heard[]>,
  skipped: Skipped,
  where: string,
): void {
  const heardAt = toTime(timestamp);
  if (heardAt === undefined) {
    skipped.add('bad-time', `${where}timestamp`);
    return;
  }
  const said = (packets ?? []).map(readPacket);
  const ids = identities(...said.flatMap((packet) => packet.identities), transmitterId);
  if (ids.length === 0) {
    skipped.add('no-identity', `${where}transmitterId`);
    return;
  }
  const measured = said.flatMap((packet) => packet.measured);
  for (const [i, raw] of rssiSignature.entries()) {
    const parsed = decoding.safeParse(raw);
    const rssi = parsed.success ? toRssi(parsed.data.rssi) : null;
    if (!parsed.success) skipped.add('bad-entry', `${where}rssiSignature[${i}]`);
    else if (rssi === null) skipped.add('bad-rssi', `${where}rssiSignature[${i}].rssi`);
    else {
      const heard = heardBy.get(parsed.data.receiverId) ?? [];
      // What the tag measured is told once, by the receiver that heard it best.
      heard.push({ identities: ids, rssi, heardAt, measured: i === 0 ? measured : [] });
      heardBy.set(parsed.data.receiverId, heard);
    }
  }
}

/** Header (2 bytes) and address (6) stand before the structures. */
const beforeStructures = 2 * (2 + 6);

function readPacket(packet: unknown): ReturnType<typeof readAdvertisement> {
  return readAdvertisement(typeof packet === 'string' ? packet.slice(beforeStructures) : '');
}

import { z } from 'zod';
import { refused, taken } from '../../core';
import { readAdvertisement } from './advertisement';
import { type Decode, type Decoded, gatewayIds, type Heard, identities, Skipped, type SkipReason } from './decoder';
import { fieldsOf, firstIssue, toHearing, toNumber, toText } from './fields';
import { measured } from './measured';

/** Minew G1, MG3 and MG4 as JSON-LONG: an array, the gateway first, then what it heard. */
export const gatewayLong = z.object({ type: z.literal('Gateway'), mac: z.string().min(1) });
/** Minew G2 as JSON-RAW: addresses and strengths, no advertisement. */
const gatewayRaw = z.object({ gateway: z.string().min(1) });

const list = z.array(z.unknown()).min(1);

export const decodeMinewLong: Decode = ({ topic, pathGateway, body }) => {
  const parsed = list.safeParse(body);
  if (!parsed.success) return refused('bad-schema', firstIssue(parsed.error));
  const gateway = gatewayLong.safeParse(parsed.data[0]);
  if (!gateway.success) return refused('bad-schema', `[0] is not the gateway: ${firstIssue(gateway.error)}`);
  const ids = gatewayIds(pathGateway, gateway.data.mac, topic[1]);
  return taken(decodeEntries(parsed.data, ids, entryLong));
};

export const decodeMinewRaw: Decode = ({ topic, pathGateway, body }) => {
  const parsed = list.safeParse(body);
  if (!parsed.success) return refused('bad-schema', firstIssue(parsed.error));
  const gateway = gatewayRaw.safeParse(parsed.data[0]);
  if (!gateway.success) return refused('bad-schema', `[0] is not the gateway: ${firstIssue(gateway.error)}`);
  const ids = gatewayIds(pathGateway, gateway.data.gateway, topic[1]);
  return taken(decodeEntries(parsed.data, ids, entryRaw));
};

/** Everything after the gateway's own entry. */
function decodeEntries(
  entries: readonly unknown[],
  ids: ReturnType<typeof gatewayIds>,
  decodeEntry: (raw: unknown) => Heard | SkipReason,
): Decoded {
  const skipped = new Skipped();
  const heard: Heard[] = [];
  for (let i = 1; i < entries.length; i++) {
    const one = decodeEntry(entries[i]);
    if (typeof one === 'string') skipped.add(one, `[${i}]`);
    else heard.push(one);
  }
  return { reports: [{ gatewayIds: ids, clockStepMs: 1, heard }], skipped };
}

export function entryLong(raw: unknown): Heard | SkipReason {
  const device = fieldsOf(raw);
  if (device === null) return 'bad-entry';
  const hearing = toHearing(device['rssi'], device['timestamp']);
  if (typeof hearing === 'string') return hearing;
  const bytes = readAdvertisement(toText(device['rawData']) ?? '');
  const ids = identities(...bytes.identities, ...namedIds(device), device['mac']);
  if (ids.length === 0) return 'no-identity';
  const isRead = bytes.measured.length > 0;
  return { identities: ids, ...hearing, measured: isRead ? bytes.measured : preDecoded(device) };
}

type Fields = Readonly<Record<string, unknown>>;

/** Known types come decoded by the gateway and without their bytes. */
function namedIds(device: Fields): string[] {
  const uuid = toText(device['ibeaconUuid']);
  if (uuid === undefined) return [];
  const [major, minor] = [toNumber(device['ibeaconMajor']), toNumber(device['ibeaconMinor'])];
  return major === null || minor === null ? [] : [`ibeacon:${uuid}-${major}-${minor}`];
}

/** An iBeacon's `battery` of 0 is a field the frame does not have. */
function preDecoded(device: Fields): Heard['measured'] {
  const battery = toNumber(device['battery']);
  const [temperature, humidity] = [toNumber(device['temperature']), toNumber(device['humidity'])];
  return measured({ battery: device['type'] === 'iBeacon' && battery === 0 ? null : battery, temperature, humidity });
}

function entryRaw(raw: unknown): Heard | SkipReason {
  const device = fieldsOf(raw);
  const mac = toText(device?.['mac']);
  if (device === null || mac === undefined) return 'bad-entry';
  const hearing = toHearing(device['rssi'], device['timestamp']);
  if (typeof hearing === 'string') return hearing;
  const ids = identities(mac);
  return ids.length === 0 ? 'no-identity' : { identities: ids, ...hearing, measured: [] };
}

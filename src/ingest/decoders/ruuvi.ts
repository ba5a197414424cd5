import { z } from 'zod';
import { refused, taken } from '../../core';
import { readAdvertisement } from './advertisement';
import { type Decode, gatewayIds, type Heard, identities, Skipped, type SkipReason } from './decoder';
import { firstIssue, looseText, toHearing } from './fields';

/** Ruuvi Gateway over MQTT, on `<prefix><tag address>`: one advertisement, whole seconds as text or no time at all. */
const advertisement = z.object({
  data: z.string(),
  gw_mac: looseText,
  rssi: z.unknown().optional(),
  ts: z.unknown().optional(),
});

/** Over HTTP: the newest advertisement of each tag since the last post. */
const post = z.object({
  data: z.object({ gw_mac: looseText, tags: z.record(z.string(), z.unknown()) }),
});
const tag = z.object({
  data: looseText,
  rssi: z.unknown().optional(),
  timestamp: z.unknown().optional(),
});

const secondMs = 1000;

export const decodeRuuviMqtt: Decode = ({ topic, pathGateway, body }) => {
  const last = topic.at(-1);
  if (last === 'gw_status' || isStatus(body)) return refused('not-sightings');
  const parsed = advertisement.safeParse(body);
  if (!parsed.success) return refused('bad-schema', firstIssue(parsed.error));
  const { data, gw_mac, rssi, ts } = parsed.data;
  const skipped = new Skipped();
  const heard = hear(data, last, rssi, ts);
  if (typeof heard === 'string') {
    skipped.add(heard, heard === 'bad-rssi' ? 'rssi' : heard === 'bad-time' ? 'ts' : 'data');
    return taken({ reports: [], skipped });
  }
  const ids = gatewayIds(pathGateway, gw_mac, topic.at(-2));
  return taken({ reports: [{ gatewayIds: ids, clockStepMs: secondMs, heard: [heard] }], skipped });
};

export const decodeRuuviHttp: Decode = ({ pathGateway, body }) => {
  const parsed = post.safeParse(body);
  if (!parsed.success) return refused('bad-schema', firstIssue(parsed.error));
  const { gw_mac, tags } = parsed.data.data;
  const skipped = new Skipped();
  const heard: Heard[] = [];
  for (const [mac, raw] of Object.entries(tags)) {
    const one = tag.safeParse(raw);
    const entry = one.success ? hear(one.data.data ?? '', mac, one.data.rssi, one.data.timestamp) : 'bad-entry';
    if (typeof entry === 'string') skipped.add(entry, `data.tags.${mac.slice(0, 20)}`);
    else heard.push(entry);
  }
  return taken({ reports: [{ gatewayIds: gatewayIds(pathGateway, gw_mac), clockStepMs: secondMs, heard }], skipped });
};

/** The gateway's own decoded values are not read: its pressure has the offset put on twice. */
function hear(data: string, mac: string | undefined, rssi: unknown, seconds: unknown): Heard | SkipReason {
  const hearing = toHearing(rssi, seconds, secondMs);
  if (typeof hearing === 'string') return hearing;
  const bytes = readAdvertisement(data);
  const ids = identities(...bytes.identities, isAddress(mac) ? mac : null);
  return ids.length === 0 ? 'no-identity' : { identities: ids, ...hearing, measured: bytes.measured };
}

const isAddress = (text: string | undefined): boolean => /^(?:[0-9a-f]{2}[:-]?){5}[0-9a-f]{2}$/i.test(text ?? '');

/** The gateway telling of itself, on either door. */
function isStatus(body: unknown): boolean {
  return typeof body === 'object' && body !== null && ('DEVICE_ADDR' in body || 'ESP_FW' in body);
}

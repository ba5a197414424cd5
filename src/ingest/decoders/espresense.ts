import { refused, taken } from '../../core';
import { type Decode, gatewayIds, type Heard, identities, Skipped, type SkipReason } from './decoder';
import { fieldsOf, toHearing, toNumber, toText } from './fields';
import { measured } from './measured';

/** Topics of a node that carry no sightings: rooms, settings, `set`. */
export const isDevice = (topic: readonly string[]): boolean => topic.length === 0 || topic[1] === 'devices';

/** What an ESPresense node publishes on `espresense/devices/<id>/<room>`. No time in it, no list: one tag, now. */
export const decodeEspresense: Decode = ({ topic, pathGateway, body }) => {
  if (!isDevice(topic) || isTelemetry(body)) return refused('not-sightings');
  const device = fieldsOf(body);
  if (device === null || (toText(device['id']) ?? '') === '') return refused('bad-schema', 'id: must be text');
  const skipped = new Skipped();
  const heard = entryEspresense(device);
  if (typeof heard === 'string') {
    skipped.add(heard, heard === 'bad-rssi' ? 'rssi' : 'id');
    return taken({ reports: [], skipped });
  }
  return taken({
    reports: [{ gatewayIds: gatewayIds(pathGateway, topic[3]), clockStepMs: 1, heard: [heard] }],
    skipped,
  });
};

/** What a node says of one device. */
export function entryEspresense(raw: unknown): Heard | SkipReason {
  const device = fieldsOf(raw);
  const id = toText(device?.['id']) ?? '';
  if (device === null || id === '') return 'bad-entry';
  const { mac, rssi, batt, mV, temp, rh } = device;
  const millivolts = toNumber(mV);
  const hearing = toHearing(rssi, null);
  if (typeof hearing === 'string') return hearing;
  const values = {
    battery: toNumber(batt),
    voltage: millivolts === null ? null : millivolts / 1000,
    temperature: toNumber(temp),
    humidity: toNumber(rh),
  };
  const heard = { identities: identities(plainId(id), mac), ...hearing, measured: measured(values) };
  return heard.identities.length === 0 ? 'no-identity' : heard;
}

/** A node telling of itself. */
export function isTelemetry(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'uptime' in body && 'firm' in body;
}

const doubledNamespace = /^eddy:([0-9a-f]{14})([0-9a-f]{2})([0-9a-f]{6})-([0-9a-f]{12})$/i;

/** A node's id without the node's own prefixes. Its Eddystone ids print the seventh byte of the namespace twice. */
function plainId(id: string): string {
  if (id.startsWith('known:')) return id.slice('known:'.length);
  const eddystone = doubledNamespace.exec(id);
  if (eddystone === null) return id;
  const [, before = '', again = '', after = '', instance = ''] = eddystone;
  return before.endsWith(again) ? `eddystone:${before}${after}-${instance}` : id;
}

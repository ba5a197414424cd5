import { z } from 'zod';
import { refused, taken } from '../../core';
import { readAdvertisement, structure } from './advertisement';
import { type Decode, gatewayIds, identities, type Measured, Skipped } from './decoder';
import { firstIssue, looseNumber, looseText, toHearing } from './fields';
import { measured } from './measured';

/** What OpenMQTTGateway and Theengs Gateway publish on `<base>/<gateway>/BTtoMQTT/<address>`. No time in it. */
const device = z.object({
  id: z.string().min(1),
  mac: looseText,
  rssi: z.unknown().optional(),
  model_id: looseText,
  uuid: looseText,
  major: looseNumber,
  minor: looseNumber,
  manufacturerdata: looseText,
  servicedata: looseText,
  servicedatauuid: looseText,
  tempc: looseNumber,
  hum: looseNumber,
  batt: looseNumber,
  volt: looseNumber,
});
type Device = z.output<typeof device>;

export const decodeOpenMqttGateway: Decode = ({ topic, pathGateway, body }) => {
  if (topic.length > 0 && topic[2] !== 'BTtoMQTT') return refused('not-sightings');
  const parsed = device.safeParse(body);
  if (!parsed.success) return refused('bad-schema', firstIssue(parsed.error));
  const skipped = new Skipped();
  const hearing = toHearing(parsed.data.rssi, null);
  const { identities: announced, measured: values } = announcement(parsed.data);
  // With `presenceUseBeaconUuid` the UUID stands in `id` and the address in `mac`.
  const { id, mac } = parsed.data;
  const ids = identities(...announced, ...(mac === undefined ? [id] : [mac, id]));
  if (typeof hearing === 'string' || ids.length === 0) {
    skipped.add(typeof hearing === 'string' ? hearing : 'no-identity', typeof hearing === 'string' ? 'rssi' : 'id');
    return taken({ reports: [], skipped });
  }
  const heard = { identities: ids, ...hearing, measured: values };
  return taken({
    reports: [{ gatewayIds: gatewayIds(pathGateway, topic[1]), clockStepMs: 1, heard: [heard] }],
    skipped,
  });
};

interface Announcement {
  readonly identities: readonly string[];
  readonly measured: readonly Measured[];
}

/** What the tag said: from its bytes when the gateway passes them on, else from what the gateway made of them. */
function announcement(from: Device): Announcement {
  const bytes = readAdvertisement(structuresOf(from));
  const isBeacon = from.uuid !== undefined && from.major !== null && from.minor !== null;
  const beacon = isBeacon ? [`ibeacon:${from.uuid}-${from.major}-${from.minor}`] : [];
  if (bytes.identities.length > 0 || bytes.measured.length > 0) {
    return { identities: [...bytes.identities, ...beacon], measured: bytes.measured };
  }
  // An iBeacon measures nothing: its `volt` is the reference power misread.
  if (isBeacon || from.model_id === 'IBEACON') return { identities: beacon, measured: [] };
  const { tempc, hum, batt, volt } = from;
  return { identities: [], measured: measured({ temperature: tempc, humidity: hum, battery: batt, voltage: volt }) };
}

/** The advertising structures the gateway took apart, put together again. */
function structuresOf({ manufacturerdata, servicedata, servicedatauuid }: Device): string {
  const service = /^(?:0x)?([0-9a-f]{2})([0-9a-f]{2})$/i.exec(servicedatauuid ?? '');
  const [, high = '', low = ''] = service ?? [];
  return (
    (manufacturerdata === undefined ? '' : structure('ff', manufacturerdata)) +
    (servicedata === undefined || service === null ? '' : structure('16', `${low}${high}${servicedata}`))
  );
}

import { advertisement, CannotCarry, type Encode, type HeardTag, jsonMessage, onAir, printed } from './gateway-message';

const topicOf = (gatewayId: string): string => `/gw/${printed(gatewayId).toLowerCase()}/status`;
const newest = (heard: readonly HeardTag[]): number => heard.reduce((at, { heardAt }) => Math.max(at, heardAt), 0);
const iso = (at: number): string => new Date(at).toISOString();

/** JSON-LONG: one array for all that was heard, the gateway first. */
export const encodeMinewLong: Encode = (gatewayId, heard, door) => {
  if (heard.length === 0) return [];
  const gateway = {
    timestamp: iso(newest(heard)),
    type: 'Gateway',
    mac: printed(gatewayId),
    gatewayFree: 89,
    gatewayLoad: 0.03,
  };
  const devices = heard.map(({ tagId, rssi, heardAt }) => {
    const air = onAir(tagId);
    if (air === null) throw new CannotCarry('minew-long', tagId);
    const timestamp = iso(heardAt);
    if (air.ibeacon === null) {
      return { timestamp, type: 'Unknown', mac: air.mac, rssi: Math.round(rssi), rawData: advertisement(air) };
    }
    return {
      timestamp,
      type: 'iBeacon',
      mac: air.mac,
      bleName: '',
      ibeaconUuid: air.ibeacon.uuid,
      ibeaconMajor: air.ibeacon.major,
      ibeaconMinor: air.ibeacon.minor,
      rssi: Math.round(rssi),
      ibeaconTxPower: -59,
      battery: 0,
    };
  });
  return [jsonMessage(gatewayId, door, topicOf(gatewayId), [gateway, ...devices])];
};

/** JSON-RAW: addresses and strengths, no advertisement. */
export const encodeMinewRaw: Encode = (gatewayId, heard, door) => {
  if (heard.length === 0) return [];
  const devices = heard.map(({ tagId, rssi, heardAt }) => {
    const air = onAir(tagId);
    if (air === null || air.ibeacon !== null) throw new CannotCarry('minew-raw', tagId);
    return { mac: air.mac, no: 37, rssi: Math.round(rssi), timestamp: iso(heardAt) };
  });
  return [
    jsonMessage(gatewayId, door, topicOf(gatewayId), [{ gateway: printed(gatewayId), locator: 'G2' }, ...devices]),
  ];
};

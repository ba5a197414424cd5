import {
  advertisement,
  CannotCarry,
  type Encode,
  type HeardTag,
  jsonMessage,
  onAir,
  printed,
  withColons,
} from './gateway-message';

const seconds = (at: number): number => Math.floor(at / 1000);

function seen(heard: HeardTag): { readonly mac: string; readonly rssi: number; readonly data: string } {
  const air = onAir(heard.tagId);
  if (air === null) throw new CannotCarry('ruuvi', heard.tagId);
  return { mac: withColons(air.mac), rssi: Math.round(heard.rssi), data: advertisement(air) };
}

/** MQTT: one message a sighting, whole seconds as text. HTTP: the newest of each tag in one body. */
export const encodeRuuvi: Encode = (gatewayId, heard, door) => {
  const gateway = withColons(printed(gatewayId));
  if (door === 'http') return newestOfEach(gatewayId, gateway, heard);
  return heard.map((one) => {
    const { mac, rssi, data } = seen(one);
    const ts = String(seconds(one.heardAt));
    const body = { gw_mac: gateway, rssi, aoa: [], gwts: ts, ts, data, coords: '' };
    return jsonMessage(gatewayId, door, `ruuvi/${gateway}/${mac}`, body);
  });
};

function newestOfEach(gatewayId: string, gateway: string, heard: readonly HeardTag[]): ReturnType<Encode> {
  if (heard.length === 0) return [];
  const tags: Record<string, { rssi: number; timestamp: number; data: string }> = {};
  for (const one of [...heard].sort((a, b) => a.heardAt - b.heardAt)) {
    const { mac, rssi, data } = seen(one);
    tags[mac] = { rssi, timestamp: seconds(one.heardAt), data };
  }
  const timestamp = seconds(Math.max(...heard.map(({ heardAt }) => heardAt)));
  const body = { data: { coordinates: '', timestamp, nonce: timestamp, gw_mac: gateway, tags } };
  return [jsonMessage(gatewayId, 'http', '', body)];
}

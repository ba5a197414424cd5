import { type Encode, jsonMessage, onAir } from './gateway-message';

/** RSSI at one metre the firmware assumes, dBm. */
const atOneMetre = -59;
const absorption = 3.5;

/** One message a sighting, no time in it. */
export const encodeEspresense: Encode = (gatewayId, heard, door) =>
  heard.map(({ tagId, rssi }) => {
    const air = onAir(tagId);
    const beacon = air?.ibeacon;
    const id = beacon ? `iBeacon:${beacon.uuid.toLowerCase()}-${beacon.major}-${beacon.minor}` : tagId;
    const distance = 10 ** ((atOneMetre - rssi) / (10 * absorption));
    return jsonMessage(gatewayId, door, `espresense/devices/${id}/${gatewayId}`, {
      ...(air === null ? {} : { mac: air.mac.toLowerCase() }),
      id,
      'rssi@1m': atOneMetre,
      rssi: Math.round(rssi * 100) / 100,
      rxAdj: 0,
      rssiVar: 2.1,
      distance: Math.round(distance * 100) / 100,
      var: 0.31,
      int: 412,
    });
  });

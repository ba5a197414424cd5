import { CannotCarry, type Encode, jsonMessage, onAir, printed, withColons } from './gateway-message';

/** One message a sighting, no time in it. */
export const encodeOpenMqttGateway: Encode = (gatewayId, heard, door) =>
  heard.map(({ tagId, rssi }) => {
    const air = onAir(tagId);
    if (air === null) throw new CannotCarry('openmqttgateway', tagId);
    const beacon = air.ibeacon;
    return jsonMessage(gatewayId, door, `home/${printed(gatewayId)}/BTtoMQTT/${air.mac}`, {
      id: withColons(air.mac),
      mac_type: beacon === null ? 0 : 1,
      rssi: Math.round(rssi),
      ...(beacon === null
        ? {}
        : {
            brand: 'GENERIC',
            model: 'iBeacon',
            model_id: 'IBEACON',
            mfid: '4c00',
            uuid: beacon.uuid.toLowerCase(),
            major: beacon.major,
            minor: beacon.minor,
            txpower: -59,
          }),
    });
  });

import { advertisement, CannotCarry, type Encode, jsonMessage, onAir } from './gateway-message';

/** EUI-48 and random 48-bit, in raddec's table of id types. */
const eui48 = 2;
const random48 = 3;

/** One raddec a sighting, with the packet as it was on air: header, address, advertising structures. */
export const encodeRaddec: Encode = (gatewayId, heard, door) =>
  heard.map(({ tagId, rssi, heardAt }) => {
    const air = onAir(tagId);
    if (air === null) throw new CannotCarry('raddec', tagId);
    const transmitterId = air.mac.toLowerCase();
    const structures = advertisement(air).toLowerCase();
    const littleEndian = (transmitterId.match(/../g) ?? []).reverse().join('');
    const length = (structures.length / 2 + 6).toString(16).padStart(2, '0');
    return jsonMessage(gatewayId, door, `raddec/${transmitterId}`, {
      transmitterId,
      transmitterIdType: air.ibeacon === null ? eui48 : random48,
      rssiSignature: [{ receiverId: gatewayId, receiverIdType: eui48, rssi: Math.round(rssi), numberOfDecodings: 1 }],
      packets: [`02${length}${littleEndian}${structures}`],
      timestamp: heardAt,
    });
  });

import { type Encode, jsonMessage } from './gateway-message';

/** Our own batch: everything heard in one message, ids and times as they are. */
export const encodeJson: Encode = (gatewayId, heard, door) => {
  if (heard.length === 0) return [];
  const sightings = heard.map(({ tagId, rssi, heardAt }) => ({ tagId, rssi, heardAt }));
  return [jsonMessage(gatewayId, door, `whereabouts/gateways/${gatewayId}/messages`, { gatewayId, sightings })];
};

import type { Decode } from './decoder';
import { decodeEspresense } from './espresense';
import { decodeMinewLong, decodeMinewRaw } from './minew';
import { decodeOpenMqttGateway } from './openmqttgateway';
import { decodePlain } from './plain';
import { decodeRaddec } from './raddec';
import { decodeRuuviHttp, decodeRuuviMqtt } from './ruuvi';

/** Every format a gateway may speak at any door. */
export const decoders = {
  espresense: decodeEspresense,
  openmqttgateway: decodeOpenMqttGateway,
  'minew-long': decodeMinewLong,
  'minew-raw': decodeMinewRaw,
  'ruuvi-mqtt': decodeRuuviMqtt,
  'ruuvi-http': decodeRuuviHttp,
  raddec: decodeRaddec,
  json: decodePlain,
} as const satisfies Record<string, Decode>;

export type Format = keyof typeof decoders;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const has = (fields: Fields, ...names: readonly string[]): boolean => names.some((name) => Object.hasOwn(fields, name));

/** Which format a body is in, by what is in it; null when it is none of ours. */
export function formatOf(body: unknown): Format | null {
  if (Array.isArray(body)) return formatOfList(body);
  if (!isFields(body)) return null;
  if (has(body, 'sightings')) return 'json';
  if (has(body, 'transmitterId', 'rssiSignature')) return 'raddec';
  if (isFields(body.data) && has(body.data, 'tags')) return 'ruuvi-http';
  if (has(body, 'gw_mac', 'DEVICE_ADDR') || (has(body, 'data') && typeof body.data === 'string')) return 'ruuvi-mqtt';
  if (has(body, 'rssi@1m', 'rxAdj') || has(body, 'uptime') || isHex12(body.mac)) return 'espresense';
  if (has(body, 'id') && has(body, 'rssi')) return 'openmqttgateway';
  return null;
}

const isHex12 = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{12}$/.test(value);

function formatOfList(body: readonly unknown[]): Format | null {
  const first: unknown = body[0];
  if (!isFields(first)) return null;
  if (has(first, 'transmitterId', 'rssiSignature')) return 'raddec';
  if (has(first, 'gateway')) return 'minew-raw';
  return has(first, 'type', 'mac') ? 'minew-long' : null;
}

/** The format a topic promises, by the vendors' usual topics; null for a topic none of them uses. */
export function formatOfTopic(topic: readonly string[], body: unknown): Format | null {
  const [first, second, third] = topic;
  if (first === 'espresense') return 'espresense';
  if (third === 'BTtoMQTT' || (first === 'home' && (third === 'LWT' || third === 'SYStoMQTT')))
    return 'openmqttgateway';
  if (first === 'ruuvi') return 'ruuvi-mqtt';
  if (first === 'raddec') return 'raddec';
  if (first === 'gw') return formatOf(body) === 'minew-raw' ? 'minew-raw' : 'minew-long';
  if (first === 'whereabouts' && second === 'gateways') return formatOf(body) ?? 'json';
  return null;
}

/** What to subscribe to when no topics are configured. */
export const usualTopics: readonly string[] = [
  'espresense/devices/+/+',
  'home/+/BTtoMQTT/+',
  'ruuvi/+/+',
  '/gw/+/status',
  'gw/+/status',
  'raddec/#',
  'whereabouts/gateways/+/messages',
];

/** A topic's words; a leading slash is a habit of some firmware, not a level. */
export const topicWords = (topic: string): string[] => (topic.startsWith('/') ? topic.slice(1) : topic).split('/');

/** The gateway a topic names where the vendor's topics do; null where only the payload knows. */
export function gatewayOfTopic(topic: readonly string[]): string | null {
  const [first, second, third, fourth] = topic;
  if (first === 'espresense' && second === 'devices') return fourth ?? null;
  if (first === 'whereabouts' && second === 'gateways') return third ?? null;
  return third === 'BTtoMQTT' || first === 'ruuvi' || first === 'gw' ? (second ?? null) : null;
}

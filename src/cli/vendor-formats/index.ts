import { encodeEspresense } from './espresense';
import type { Encode } from './gateway-message';
import { encodeJson } from './json';
import { encodeMinewLong, encodeMinewRaw } from './minew';
import { encodeOpenMqttGateway } from './openmqttgateway';
import { encodeRaddec } from './raddec';
import { encodeRuuvi } from './ruuvi';

export * from './gateway-message';

/** What a sightings file or the simulator can be sent as. */
export const vendorFormats = {
  espresense: { encode: encodeEspresense, gathers: false },
  openmqttgateway: { encode: encodeOpenMqttGateway, gathers: false },
  'minew-long': { encode: encodeMinewLong, gathers: true },
  'minew-raw': { encode: encodeMinewRaw, gathers: true },
  ruuvi: { encode: encodeRuuvi, gathers: false },
  raddec: { encode: encodeRaddec, gathers: false },
  json: { encode: encodeJson, gathers: true },
} as const satisfies Record<string, VendorFormat>;

interface VendorFormat {
  readonly encode: Encode;
  /** Whether such a gateway gathers for a second before it sends. */
  readonly gathers: boolean;
}

export type VendorFormatName = keyof typeof vendorFormats;
export const vendorFormatNames = Object.keys(vendorFormats) as VendorFormatName[];

export const isVendorFormat = (name: string): name is VendorFormatName => Object.hasOwn(vendorFormats, name);

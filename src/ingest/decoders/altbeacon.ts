/** Company (2), code `BEAC` (2), id (20), reference RSSI (1), reserved (1). AltBeacon spec 1.0. */
const altBeacon = /^.{4}beac([0-9a-f]{32})([0-9a-f]{4})([0-9a-f]{4})/;
const shortest = 52;

/**
 * Id of an AltBeacon from its manufacturer data, lower-case hexadecimal: `altbeacon:<uuid>-<major>-<minor>`, the last
 * four bytes of the id read as two numbers as for an iBeacon. Null when it is none.
 */
export function altBeaconId(manufacturerHex: string): string | null {
  const parts = manufacturerHex.length < shortest ? null : altBeacon.exec(manufacturerHex);
  if (parts === null) return null;
  const [, uuid = '', major = '', minor = ''] = parts;
  return `altbeacon:${uuid}-${parseInt(major, 16)}-${parseInt(minor, 16)}`;
}

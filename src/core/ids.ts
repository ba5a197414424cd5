/** Ids are branded strings: a tag id cannot be passed where a gateway id is meant. */
export type TagId = string & { readonly __id: 'tag' };
export type GatewayId = string & { readonly __id: 'gateway' };
export type LevelId = string & { readonly __id: 'level' };
/** A unit (a room or a corridor) of the plan; a zone used for presence. */
export type UnitId = string & { readonly __id: 'unit' };
export type SectionId = string & { readonly __id: 'section' };

const MAC_LIKE = /^[0-9a-f]{2}([:-]?[0-9a-f]{2}){5}$/i;
/** `ibeacon:` or `altbeacon:`, a UUID with or without dashes, major and minor in decimal. */
const BEACON =
  /^(ibeacon|altbeacon):([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})-(\d+)-(\d+)$/i;

/**
 * The one spelling of a tag id: lower case, no separators inside hexadecimal ids.
 * `AC:23:3F:A1:16:4D` → `ac233fa1164d`; `iBeacon:E2C56DB5-DFFB-…-3-7` → `ibeacon:e2c56db5dffb…-3-7`.
 */
export function tagId(raw: string): TagId {
  return normalise(raw) as TagId;
}

/** The one spelling of a gateway id: a MAC in lower case without separators, any other name trimmed and lower case. */
export function gatewayId(raw: string): GatewayId {
  return normalise(raw) as GatewayId;
}

export const levelId = (raw: string): LevelId => raw as LevelId;
export const unitId = (raw: string): UnitId => raw as UnitId;
export const sectionId = (raw: string): SectionId => raw as SectionId;

function normalise(raw: string): string {
  const id = raw.trim();
  if (MAC_LIKE.test(id)) return id.replace(/[:-]/g, '').toLowerCase();
  return id.replace(BEACON, '$1:$2$3$4$5$6-$7-$8').toLowerCase();
}

/** What a tag is worn by or tied to; decides whether and how it is followed. */
export type TagClass = 'asset' | 'badge' | 'sensor' | 'reference';
export const tagClasses: readonly TagClass[] = ['asset', 'badge', 'sensor', 'reference'];

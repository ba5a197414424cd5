import type { AssetPlace, AssetView, LiveFix } from '../../../../src/live/protocol';
import type { Messages } from '../i18n/en';

/** Where an asset is as the map draws it: the registry's place, or the live fix when that is newer. */
export interface ShownPlace {
  readonly levelId: string;
  readonly x: number;
  readonly y: number;
  readonly radius90: number;
  readonly unitId: string | null;
  readonly sectionId: string | null;
  readonly zoneProbability: number;
  readonly at: number;
  readonly silent: boolean;
  readonly moving: boolean;
}

/** The newer of both wins; a fix's zone may be a section, which the registry's place already names. */
export function shownPlace(
  asset: AssetView,
  fix: LiveFix | undefined,
  levelId: string | null,
  silent: boolean,
): ShownPlace | null {
  const { place } = asset;
  if (fix !== undefined && levelId !== null && (place === null || fix.at >= place.at)) {
    const sameZone = place !== null && place.unitId === fix.zoneId;
    return {
      levelId,
      x: fix.x,
      y: fix.y,
      radius90: fix.radius90,
      unitId: fix.zoneId,
      sectionId: sameZone ? place.sectionId : null,
      zoneProbability: fix.zoneProbability,
      at: fix.at,
      silent,
      moving: fix.moving,
    };
  }
  return place === null ? null : fromRegistry(place);
}

function fromRegistry(place: AssetPlace): ShownPlace {
  const { levelId, x, y, radius90, unitId, sectionId, zoneProbability, at, silent } = place;
  return { levelId, x, y, radius90, unitId, sectionId, zoneProbability, at, silent, moving: false };
}

/** Above it a room is named as a fact, between the two as `Probably`, below only the department is said. */
const sureFrom = 0.8;
const roomFrom = 0.5;

/** Whether a room can be named at all. */
export const isRoomSure = ({ unitId, zoneProbability }: Pick<ShownPlace, 'unitId' | 'zoneProbability'>): boolean =>
  unitId !== null && zoneProbability >= roomFrom;

export interface PlaceNames {
  unit(id: string): string | null;
  /** The department a place lies in. */
  section(place: ShownPlace): string | null;
  level(id: string): string;
}

/** `Clean utility 3-110`, `Probably …`, `Somewhere in 3 West`, or the level alone: never more than is known. */
export function whereInWords(place: ShownPlace, names: PlaceNames, t: Messages): string {
  const room = place.unitId === null ? null : names.unit(place.unitId);
  if (room !== null && place.zoneProbability >= sureFrom) return room;
  if (room !== null && place.zoneProbability >= roomFrom) return t.place.probably(room);
  const section = names.section(place);
  return section === null ? t.place.somewhereOn(names.level(place.levelId)) : t.place.somewhere(section);
}

/** `92 % sure`, or how far off it may be when no room can be named. Never 100 %. */
export function sureInWords(place: ShownPlace, t: Messages): string {
  if (place.unitId === null || place.zoneProbability < roomFrom)
    return t.place.within(Math.max(1, Math.ceil(place.radius90)));
  return t.place.sure(Math.min(99, Math.round(place.zoneProbability * 100)));
}

/** 0 fresh … 3 long ago: how far a dot fades. Steps, so that ageing alone redraws little. */
export function fadeStep(place: Pick<ShownPlace, 'at' | 'silent'>, now: number): 0 | 1 | 2 | 3 {
  const minutes = (now - place.at) / 60_000;
  if (place.silent || minutes >= 30) return 3;
  if (minutes >= 10) return 2;
  return minutes >= 2 ? 1 : 0;
}

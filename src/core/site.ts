import type { GatewayId, LevelId, SectionId, UnitId } from './ids';
import type { MethodName } from './rules';
import type { WalkingRules } from './walking/rules';

/** A point in level metres. */
export type Point = readonly [x: number, y: number];
/** A closed ring: first point repeated at the end; exterior counter-clockwise. */
export type Ring = readonly Point[];
/** Exterior ring first, holes after it. */
export type Polygon = readonly Ring[];

/** A text in the languages a plan carries. */
export interface Label {
  readonly en: string;
  readonly fr?: string;
}

/** A room or corridor. */
export interface Unit {
  readonly id: UnitId;
  readonly levelId: LevelId;
  readonly name: Label;
  /** Room number as on the door, e.g. `3-114`. */
  readonly number: string | null;
  /** IMDF unit category. */
  readonly category: string;
  /** Our clinical type where IMDF has none, e.g. `clean-utility`. */
  readonly spaceType: string | null;
  readonly sectionId: SectionId | null;
  /** Lifts and stairs: the same id on every level they join. */
  readonly connector: string | null;
  readonly polygon: Polygon;
}

/** A door between two units, or a way out when it joins one. */
export interface Opening {
  readonly id: string;
  readonly levelId: LevelId;
  readonly category: string;
  readonly from: Point;
  readonly to: Point;
  readonly unitIds: readonly UnitId[];
  /** Who may pass; missing: everybody. Nobody walks through a locked one. */
  readonly access?: DoorAccess | undefined;
}

export const doorAccesses = ['staff', 'locked'] as const;
export type DoorAccess = (typeof doorAccesses)[number];

/** A ward or department. */
export interface Section {
  readonly id: SectionId;
  readonly levelId: LevelId;
  readonly name: Label;
  readonly short: string | null;
  readonly category: string | null;
  readonly polygon: Polygon;
}

/** Furniture drawn on the plan; has no part in positioning. */
export interface Fixture {
  readonly id: string;
  readonly category: string;
  readonly unitId: UnitId | null;
  readonly polygon: Polygon;
}

/** Fixed radio hardware that hears tags. `z` is metres above its level's floor. */
export interface Gateway {
  readonly id: GatewayId;
  readonly levelId: LevelId;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Vendor format it speaks; only the simulator asks. */
  readonly format: string | null;
}

export interface Level {
  readonly id: LevelId;
  readonly name: string;
  /** Its name in other languages, where the plan gives them. */
  readonly names?: { readonly fr?: string };
  /** 0 is the ground level. */
  readonly ordinal: number;
  /** Height of the floor above the site's zero, metres. */
  readonly elevation: number;
  /** Floor to floor height, metres. */
  readonly height: number;
  readonly outline: Polygon | null;
  readonly units: readonly Unit[];
  readonly openings: readonly Opening[];
  readonly sections: readonly Section[];
  readonly fixtures: readonly Fixture[];
  readonly gateways: readonly Gateway[];
  readonly bounds: Bounds;
}

export interface Bounds {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** Where the plan's origin lies on the earth; `rotationDeg` is clockwise from north. */
export interface Georeference {
  readonly lng: number;
  readonly lat: number;
  readonly rotationDeg: number;
}

/** A site as it is drawn: immutable, built once from its files. */
export interface Site {
  readonly id: string;
  readonly name: string;
  readonly georeference: Georeference | null;
  /** Usual height of tags above the floor, metres. */
  readonly tagHeight: number;
  /** How tags are followed here; missing: as the rules say. */
  readonly method?: MethodName | undefined;
  /** Where people here walk otherwise than by the usual rules. */
  readonly walking?: Partial<WalkingRules> | undefined;
  /** Whether the service fits the radio model anew by itself; missing: it does. */
  readonly refit?: boolean | undefined;
  /** By ordinal, lowest first. */
  readonly levels: readonly Level[];
  readonly levelById: ReadonlyMap<LevelId, Level>;
  readonly unitById: ReadonlyMap<UnitId, Unit>;
  readonly sectionById: ReadonlyMap<SectionId, Section>;
  readonly gatewayById: ReadonlyMap<GatewayId, Gateway>;
}

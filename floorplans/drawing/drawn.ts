import type { Label, Point, Ring } from '../../src/core';
import type { Furniture } from './furniture';
import type { Rect, Side } from './geometry';
import type { SpaceType } from './space-types';

export interface DrawnUnit {
  readonly id: string;
  readonly number: string;
  readonly levelId: string;
  readonly sectionId: string | null;
  readonly spaceType: SpaceType;
  readonly name: Label;
  /** The room before an en-suite was taken out of it. */
  readonly rect: Rect;
  readonly ring: Ring;
  /** The wall its furniture turns its back on: the one with the door. */
  readonly front: Side;
  readonly furniture: Furniture | null;
  /** The side of the entry its en-suite is on. */
  readonly ensuite: 'E' | 'W' | null;
  readonly connector: string | null;
}

/** `staff`: with a badge reader; null: open to all. */
export type DrawnAccess = 'staff' | null;

export type DoorCategory = 'pedestrian' | 'pedestrian.principal' | 'emergencyexit' | 'service';

/** A door as a room asks for it: on one of its walls. */
export interface Door {
  readonly side: Side;
  /** Metres from the wall's west or south end to the middle of the door; the middle of the wall when left out. */
  readonly at?: number;
  readonly width?: number;
  readonly category?: DoorCategory;
  /** As the kind of room has it when left out. */
  readonly access?: DrawnAccess;
  /** No leaf: two legs of a corridor, or a counter, meet here. */
  readonly virtual?: boolean;
  /** Leads out of the building. */
  readonly exterior?: boolean;
}

export interface DrawnDoor {
  readonly unitId: string;
  readonly from: Point;
  readonly to: Point;
  readonly category: DoorCategory;
  readonly access: DrawnAccess;
  readonly virtual: boolean;
  readonly exterior: boolean;
}

export interface DrawnSection {
  readonly id: string;
  readonly name: Label;
  readonly short: string;
  /** IMDF occupant category. */
  readonly category: string;
}

export interface DrawnLevel {
  readonly id: string;
  readonly name: Label;
  readonly ordinal: number;
  readonly elevation: number;
  readonly height: number;
  readonly outline: Ring;
  readonly sections: readonly DrawnSection[];
  readonly units: readonly DrawnUnit[];
  readonly doors: readonly DrawnDoor[];
}

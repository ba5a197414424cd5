/** How a person gets about a hospital. Every number of the walking graph is here. */
export interface WalkingRules {
  /** Walking pace on the level, metres per second. */
  readonly speedMps: number;
  /** How far off walls and corners people walk where there is room, metres. */
  readonly clearance: number;
  /** Openings wider than this are crossed at several points, metres apart. */
  readonly crossingSpacing: number;
  /** Added for cutting through a room that is no passage, seconds: one walks round a bedside unless it is far. */
  readonly cutThroughS: number;
  /** Waiting for a lift and for its doors, seconds a ride. */
  readonly liftWaitS: number;
  /** Lift travel, metres of height per second. */
  readonly liftMps: number;
  /** Metres of height gained per second on stairs, landings counted. */
  readonly stairsUpMps: number;
  readonly stairsDownMps: number;
  /** Metres walked on stairs per metre of height. */
  readonly stairsSlope: number;
  /** False with something on wheels: lifts and ramps only. */
  readonly stairs: boolean;
  /** Whether doors for staff only may be passed. */
  readonly staffDoors: boolean;
  /** Showing one's badge at such a door, seconds. */
  readonly staffDoorS: number;
}

/** What a person has with them on the way. */
export const companions = ['none', 'wheelchair', 'bed'] as const;
export type Companion = (typeof companions)[number];

/** What going with something on wheels changes: slower, no stairs, and a lift that must have room. */
export const rulesWith: Readonly<Record<Companion, Partial<WalkingRules>>> = {
  none: {},
  wheelchair: { speedMps: 1.1, liftWaitS: 45, stairs: false },
  bed: { speedMps: 0.8, liftWaitS: 75, stairs: false },
};

/** IMDF categories of units that are there to be walked through. */
export const passages: ReadonlySet<string> = new Set([
  'walkway',
  'lobby',
  'elevator',
  'stairs',
  'ramp',
  'escalator',
  'steps',
  'waitingroom',
]);

/**
 * Pace as hospitals plan with it; stairs after Fruin, Pedestrian Planning and Design (1971): about 0.5 m/s up and
 * 0.65 m/s down along a 30° slope, slowed by landings: 18 s up and 14 s down a 4 m storey.
 */
export const defaultWalkingRules: WalkingRules = {
  speedMps: 1.3,
  clearance: 0.3,
  crossingSpacing: 2.5,
  cutThroughS: 20,
  liftWaitS: 35,
  liftMps: 1,
  stairsUpMps: 0.22,
  stairsDownMps: 0.28,
  stairsSlope: 2,
  stairs: true,
  staffDoors: true,
  staffDoorS: 4,
};

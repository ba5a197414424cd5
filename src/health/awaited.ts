/**
 * What a process said to be ready must have, and has not yet: doors that are opened by whoever starts it, who takes each
 * away when it listens.
 */
export type AwaitedDoors = Set<'MQTT door'>;

export const AWAITED_DOORS = Symbol('AWAITED_DOORS');

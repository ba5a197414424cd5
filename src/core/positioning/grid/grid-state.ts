import { levelId } from '../../ids';
import { emptyBelief, type GridBelief } from './belief';
import type { Course } from './course';
import type { LevelOdds } from './levels';
import { type MapFit, usualFit } from './map-fit';
import { nothingHeard, type RestMemory } from './rest-memory';
import type { Strength } from './strength';

/** What the filter knows of a tag, to work on. Between fixes it is held in fewer bytes (`followed-on-grid.ts`). */
export interface GridState {
  /** Epoch ms. */
  at: number;
  readonly lead: LevelOdds;
  readonly belief: GridBelief;
  readonly course: Course;
  /** Looks at the tag since it rests, and what was heard in them. */
  looks: number;
  memory: RestMemory;
  /** Sightings used of the very instant `at`. */
  atOnce: number;
  isCalm: boolean;
  /** What is known of the tag's own strength: kept when the place is forgotten. */
  readonly strength: Strength;
  fit: MapFit;
}

export const emptyState = (): GridState => ({
  at: 0,
  lead: { levelId: levelId(''), challenger: null, odds: 0 },
  belief: emptyBelief(),
  course: { x: 0, y: 0, variance: 0, withPlace: 0 },
  looks: 1,
  memory: nothingHeard,
  atOnce: 0,
  isCalm: false,
  strength: { mean: 0, variance: 0 },
  fit: usualFit,
});

import type { NearestResult, RouteLeg } from '../api/types';
import type { Messages } from '../i18n/en';
import { isRoomSure } from './place';

export interface WayNames {
  level(id: string): string;
  /** The name of a lift or stair by its connector id; null when the plan gives none. */
  connector(id: string): string | null;
}

/** One level of a walk, with what led to it. */
export interface WayStep {
  readonly levelId: string;
  readonly metres: number;
  /** `Lift A`, `the stairs`; null for the first step. */
  readonly by: string | null;
}

const byName = (leg: RouteLeg, names: WayNames, t: Messages): string | null => {
  const { by } = leg.properties;
  if (by === null) return null;
  return names.connector(by.connector) ?? (by.category === 'elevator' ? t.nearest.theLift : t.nearest.theStairs);
};

/** The walk level by level; stretches on one level in a row are one step. */
export function waySteps(legs: readonly RouteLeg[], names: WayNames, t: Messages): WayStep[] {
  const steps: WayStep[] = [];
  for (const leg of legs) {
    const last = steps.at(-1);
    if (last !== undefined && last.levelId === leg.properties.levelId) {
      steps[steps.length - 1] = { ...last, metres: last.metres + leg.properties.metres };
    } else {
      steps.push({ levelId: leg.properties.levelId, metres: leg.properties.metres, by: byName(leg, names, t) });
    }
  }
  return steps;
}

/** When the room is a guess: how far off it may stand. Null when it is not. */
export function lookAround({ asset: { place } }: NearestResult, t: Messages): string | null {
  return place === null || isRoomSure(place) ? null : t.nearest.lookAround(Math.ceil(place.radius90));
}

/** `1 min` for 40 s, `2 min` for 90 s: what people say, never less than it takes by much. */
export const walkMinutes = (seconds: number): number => (seconds < 30 ? 0 : Math.max(1, Math.round(seconds / 60)));

import type { SiteModel } from '../model';
import type { HeardWindow } from '../radio/signals';
import { type FollowedByMotion, followByMotion } from './follow-by-motion';
import { followOnGrid } from './grid/follow-on-grid';
import type { FollowedOnGrid } from './grid/followed-on-grid';
import type { Place } from './place';

/** Where a tag is taken to be and how it moves: what one fix hands to the next. */
export type Followed = FollowedByMotion | FollowedOnGrid;

/** What a fix starts from, and a state that is needed no more: its memory is used again. */
export interface States {
  readonly before: Followed | null;
  readonly spare: Followed | null;
}

/** One step by the method the rules name. A state the other method left is not used. Writes the place into `place`. */
export function follow({ before, spare }: States, heard: HeardWindow, model: SiteModel, place: Place): Followed {
  if (model.rules.method === 'bayes-grid') {
    const states = {
      before: before?.method === 'bayes-grid' ? before : null,
      spare: spare?.method === 'bayes-grid' ? spare : null,
    };
    return followOnGrid(states, heard, model, place);
  }
  const states = {
    before: before?.method === 'least-squares' ? before : null,
    spare: spare?.method === 'least-squares' ? spare : null,
  };
  return followByMotion(states, heard, model, place);
}

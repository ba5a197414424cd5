import type { LevelId } from '../ids';
import type { SiteModel } from '../model';
import type { HeardWindow } from '../radio/signals';
import { type FollowedByMotion, followByMotion } from './follow-by-motion';
import { followOnGrid } from './grid/follow-on-grid';
import type { FollowedOnGrid } from './grid/followed-on-grid';
import type { Place } from './place';

/** Where a tag is taken to be and how it moves: what one fix hands to the next. */
export type Followed = FollowedByMotion | FollowedOnGrid;

export const levelIdOf = (followed: Followed): LevelId =>
  followed.method === 'bayes-grid' ? followed.levelId : followed.lead.levelId;

/** What a fix starts from, and a state that is needed no more: its memory is used again. */
export interface States<State = Followed> {
  before: State | null;
  spare: State | null;
}

const onGrid: States<FollowedOnGrid> = { before: null, spare: null };
const byMotion: States<FollowedByMotion> = { before: null, spare: null };

/** One step by the method the rules name. A state the other method left is not used. Writes the place into `place`. */
export function follow({ before, spare }: States, heard: HeardWindow, model: SiteModel, place: Place): Followed {
  if (model.rules.method === 'bayes-grid') {
    onGrid.before = before?.method === 'bayes-grid' ? before : null;
    onGrid.spare = spare?.method === 'bayes-grid' ? spare : null;
    return followOnGrid(onGrid, heard, model, place);
  }
  byMotion.before = before?.method === 'least-squares' ? before : null;
  byMotion.spare = spare?.method === 'least-squares' ? spare : null;
  return followByMotion(byMotion, heard, model, place);
}

import type { Fix, Move, Presence } from '../core';

/** A fix with what is known of its tag besides. */
export interface Placed {
  readonly fix: Fix;
  readonly presence: Presence | null;
  readonly restingSince: number | null;
}

/** What a stored track says, as the move that would say it. */
export const moveOf = ({ fix, presence, restingSince }: Placed): Move => ({
  tagId: fix.tagId,
  fix,
  presence,
  restingSince,
  changes: [],
  keep: false,
  receivedAt: 0,
});

import type { Fix } from './fix';
import type { LevelId, SectionId, TagId, UnitId } from './ids';

/**
 * A change of presence. `crossed` names a unit passed through between two fixes without a fix inside it.
 * `silent` says nothing was heard of the tag for the silence time; `at` is then when it was last heard.
 */
export type PresenceChange =
  | {
      readonly type: 'entered' | 'left' | 'crossed';
      readonly zoneId: UnitId;
      readonly sectionId: SectionId | null;
      readonly levelId: LevelId;
      readonly at: number;
    }
  | { readonly type: 'silent'; readonly at: number };

/** The zone a tag is in and since when (epoch ms). */
export interface Presence {
  readonly zoneId: UnitId;
  readonly levelId: LevelId;
  readonly since: number;
}

/**
 * What tracking announces: a fix and the changes of presence that came of it. Carries all its readers need.
 * A silent tag's last move has no fix of its own: `fix` is then its last one.
 */
export interface Move {
  readonly tagId: TagId;
  readonly fix: Fix;
  readonly changes: readonly PresenceChange[];
  readonly presence: Presence | null;
  /** At rest since, epoch ms; null while moving. A rest that was in doubt and goes on in its place is one. */
  readonly restingSince: number | null;
  /** Whether history keeps a row: moved more than its error, changed zone, or a minute passed. */
  readonly keep: boolean;
  /** Newest `receivedAt` of the sightings used, epoch ms: what latency is measured from. */
  readonly receivedAt: number;
}

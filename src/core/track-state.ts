import type { HeldFix } from './held-fix';
import type { TagId } from './ids';
import type { SiteModel } from './model';
import type { Presence } from './move';
import type { Cadence } from './positioning/cadence';
import type { Followed } from './positioning/follow';
import type { Anchor } from './presence/rest';
import type { KeptFix } from './presence/thinning';
import type { SightingWindow } from './radio/window';

/**
 * All that is remembered of one tag. Whoever follows the tag owns it; `advance` works on it in place. Nothing in it
 * depends on how its sightings came in batches. `track-codec.ts` writes it down and reads it back to the last bit.
 */
export interface Track extends Cadence {
  readonly tagId: TagId;
  /** The site its window and states speak of. */
  readonly model: SiteModel;
  /** An instant near the first `heardAt`, epoch ms: the window counts from it. */
  origin: number;
  /** Newest `heardAt` and newest `receivedAt`, epoch ms. */
  newestAt: number;
  receivedAt: number;
  readonly window: SightingWindow;
  /** Epoch ms of the first fix of the present round of sightings. */
  roundAt: number;
  /**
   * The state before the present round; fixes inside a round start over from it. Of a tag at rest it is the very state it
   * has come to.
   */
  before: Followed | null;
  followed: Followed | null;
  fix: HeldFix | null;
  presence: Presence | null;
  /** Where the tag has stayed, and since when. */
  anchor: Anchor | null;
  kept: KeptFix | null;
}

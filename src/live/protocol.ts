/**
 * Every socket event of namespace `/live`, typed once; the web app imports these types.
 * Join first, snapshot second (in the acknowledgement), deltas third; the newest fix of a tag wins.
 */

/** A fix as the map needs it. Metres of the level; epoch ms. */
export interface LiveFix {
  readonly tagId: string;
  readonly at: number;
  readonly x: number;
  readonly y: number;
  readonly radius50: number;
  readonly radius90: number;
  readonly zoneId: string | null;
  readonly zoneProbability: number;
  readonly moving: boolean;
}

/** The fixes of a level's tags at one instant. */
export interface LevelSnapshot {
  readonly levelId: string;
  /** Server clock, epoch ms: ages are counted from it, not from the browser's clock. */
  readonly now: number;
  readonly fixes: readonly LiveFix[];
}

export type JoinReply =
  | { readonly ok: true; readonly snapshot: LevelSnapshot }
  | { readonly ok: false; readonly reason: 'unknown-level' | 'bad-request' | 'starting'; readonly detail: string };

/** What changed on a level since the last batch. */
export interface MovedBatch {
  readonly levelId: string;
  readonly now: number;
  readonly fixes: readonly LiveFix[];
  /** Tags that went to another level. */
  readonly left: readonly string[];
  /** Tags not heard of for the silence time. */
  readonly silent: readonly string[];
}

export interface ServerToClientEvents {
  moved: (batch: MovedBatch) => void;
  /** Ids of assets whose registry entry, place or availability changed: the views as GET /api/assets gives them. */
  assetsChanged: (batch: { readonly now: number; readonly assets: readonly AssetView[] }) => void;
}

export interface ClientToServerEvents {
  joinLevel: (request: { readonly levelId: string }, reply: (reply: JoinReply) => void) => void;
  leaveLevel: (request: { readonly levelId: string }) => void;
}

export type AvailabilityStatus = 'free' | 'in-use' | 'needs-cleaning' | 'out-of-service' | 'unknown';

/** One reason for an availability, as data so that each language can say it. */
export interface Evidence {
  readonly code:
    | 'rests-in' // at rest in a kind of room: spaceType, unitName, sinceMs
    | 'moving'
    | 'manual' // someone said so: note, sinceMs
    | 'silent' // not heard: sinceMs
    | 'never-heard'
    | 'place-unsure';
  readonly status: AvailabilityStatus;
  readonly spaceType?: string;
  readonly unitId?: string;
  readonly unitName?: { readonly en: string; readonly fr?: string };
  /** Epoch ms. */
  readonly since?: number;
  readonly note?: string;
}

/** Where an asset is, how sure, how long ago. */
export interface AssetPlace {
  readonly levelId: string;
  readonly x: number;
  readonly y: number;
  readonly radius50: number;
  readonly radius90: number;
  readonly unitId: string | null;
  readonly sectionId: string | null;
  readonly zoneProbability: number;
  /** Time of the newest fix, epoch ms. */
  readonly at: number;
  /** In this unit since, epoch ms. */
  readonly since: number | null;
  readonly restingSince: number | null;
  /** True when the tag has gone silent: this is where it was last seen. */
  readonly silent: boolean;
}

/** An asset with what is known of it now: what lists and the detail panel show. */
export interface AssetView {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly number: string | null;
  readonly serial: string | null;
  readonly tagId: string | null;
  readonly ownerSectionId: string | null;
  readonly homeUnitId: string | null;
  readonly availability: {
    readonly status: AvailabilityStatus;
    readonly since: number | null;
    readonly evidence: readonly Evidence[];
  };
  readonly place: AssetPlace | null;
  /** Present in the last change of an asset that was taken out of use: forget it. */
  readonly retired?: true;
}

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

/**
 * Why an asset is thought to be free or not.
 * `rests-in`, `moving`, `place-unsure`: its place; `moving-with`: it went the same way as a bed or a patient's tag;
 * `rested-long`: untouched for long; `not-cleaned`, `cleaned`: whether it was seen where such things are cleaned since it
 * was used; `manual`: staff said so; `device-feed`: its own server said so; `out-of-service`,
 * `recall`: it must not be used; `silent`, `never-heard`: its tag; `corrected`: somebody found it otherwise than shown;
 * `claimed`: somebody is on the way to it.
 */
export type EvidenceCode =
  | 'rests-in'
  | 'moving'
  | 'moving-with'
  | 'rested-long'
  | 'not-cleaned'
  | 'cleaned'
  | 'place-unsure'
  | 'manual'
  | 'device-feed'
  | 'out-of-service'
  | 'recall'
  | 'silent'
  | 'never-heard'
  | 'corrected'
  | 'claimed';

/** One reason for an availability, as data so that each language can say it. The most telling comes first. */
export interface Evidence {
  readonly code: EvidenceCode;
  /** What it speaks for. */
  readonly status: AvailabilityStatus;
  /** How strongly, in log-odds: positive for `status`, negative against it, 0 when it only explains. */
  readonly weight: number;
  /** In English, for machines and logs: "at rest in Clean utility 3-114 for 42 min". */
  readonly text: string;
  readonly spaceType?: string;
  readonly unitId?: string;
  readonly unitName?: { readonly en: string; readonly fr?: string };
  /** Number on the door. */
  readonly unitNumber?: string;
  /** Probability of the place it speaks of, 0 to 1. */
  readonly placeProbability?: number;
  /** In that unit or in another that says the same. */
  readonly orAlike?: boolean;
  /** Epoch ms. */
  readonly since?: number;
  /** `claimed`: until then, epoch ms. */
  readonly until?: number;
  readonly note?: string;
  /** `moving-with`: the asset it goes with. */
  readonly companion?: { readonly id: string; readonly kind: string; readonly name: string };
  /** `corrected`: what was said. */
  readonly correction?: CorrectionCode;
}

/** What one tap says of an asset at the place it was shown at. */
export type CorrectionCode = 'not-here' | 'in-use' | 'dirty' | 'broken' | 'free' | 'found' | 'returned';

/** Somebody is on the way to an asset: another should take the next one. Times are epoch ms. */
export interface Claim {
  /** The tablet's random id, never a person. */
  readonly by: string;
  readonly at: number;
  readonly until: number;
}

export interface AssetAvailability {
  readonly status: AvailabilityStatus;
  /** So probably: less sure than is said plainly (`leastToSayPlainly`), and nobody says so. */
  readonly probable?: true;
  /** That `status` is right, 0 to 1; for `unknown`, that of the likeliest status, which is too little to say it. */
  readonly probability: number;
  /** That it can be taken and used, whatever `status` says, 0 to 1. */
  readonly freeProbability: number;
  readonly since: number | null;
  readonly evidence: readonly Evidence[];
}

/** Why an asset needs somebody. */
export type WorklistReason = 'silent' | 'not-found' | 'out-of-service' | 'needs-cleaning' | 'away-from-home';

/** Where an asset was last heard. */
export interface LastSeen {
  readonly levelId: string;
  readonly unitId: string | null;
  readonly unitName: { readonly en: string; readonly fr?: string } | null;
  readonly unitNumber: string | null;
  readonly sectionId: string | null;
  /** Epoch ms. */
  readonly at: number;
}

/** An asset that needs somebody, and what to do. */
export interface WorklistItem {
  readonly asset: AssetView;
  readonly reason: WorklistReason;
  /** Epoch ms; null when not known. */
  readonly since: number | null;
  readonly lastSeen: LastSeen | null;
  readonly advice: {
    readonly code:
      'look-where-last-seen' | 'check-tag' | 'search-nearby' | 'send-to-workshop' | 'clean' | 'bring-home' | 'pair-tag';
    readonly text: { readonly en: string; readonly fr: string };
  };
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
  /** The tag its place is told by: the first of its tags that is heard; the first of all when none is. */
  readonly tagId: string | null;
  readonly tagIds: readonly string[];
  readonly ownerSectionId: string | null;
  readonly homeUnitId: string | null;
  readonly notes: string | null;
  /** Version of its photograph (`/api/assets/:id/photo?v=`); null when it has none. */
  readonly photo: string | null;
  readonly availability: AssetAvailability;
  /** Null when nobody is on the way to it. */
  readonly claim: Claim | null;
  readonly place: AssetPlace | null;
  /** Present when two of its tags are heard in places that cannot both be its own: one has come off. */
  readonly tagsApart?: true;
  /** Present in the last change of an asset that was taken out of use: forget it. */
  readonly retired?: true;
}

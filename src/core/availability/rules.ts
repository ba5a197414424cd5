/** What an asset is, as far as that can be said. */
export const states = ['free', 'in-use', 'needs-cleaning', 'out-of-service'] as const;
export type State = (typeof states)[number];

/** Whether an asset can be taken. */
export type Availability = State | 'unknown';
export const availabilities: readonly Availability[] = [...states, 'unknown'];

/** Log-odds an evidence adds to each state; a state left out gets 0. */
export type Weights = Readonly<Partial<Record<State, number>>>;

/** Evidence that tells less with time. */
export interface Fading {
  readonly weights: Weights;
  /** Time after which half of it is left; Infinity: it stays. */
  readonly halfLifeMs: number;
}

/** What was said fades likewise; its weight goes to the state said. */
export interface SaidRule {
  readonly weight: number;
  readonly halfLifeMs: number;
}

/** A place that counts for less: `keep` of it at first, and that fades or comes back with the half-life. */
export interface Discount {
  readonly keep: number;
  readonly halfLifeMs: number;
}

/** How evidence is weighed for a kind of asset. Space types are ours (`clean-utility`), else IMDF unit categories. */
export interface AvailabilityRules {
  /** Log-odds of each state before anything is known. */
  readonly prior: Weights;
  /** Least probability to say a status, 0…1… */
  readonly leastToSay: number;
  /** …and to go on saying it, so that an answer near the edge does not come and go. */
  readonly leastToHold: number;
  /** Least probability to say a status plainly, 0…1; one less sure is said as probable. */
  readonly leastToSayPlainly: number;
  /**
   * How much seldomer such an asset comes to rest in a space of this type than in others, 0…1, whatever is heard of it:
   * pumps do not stay in offices. A type left out gets 1.
   */
  readonly seldom: Readonly<Record<string, number>>;
  /** Least probability of a place to give it as the reason, and to go on giving it. */
  readonly leastPlace: number;
  readonly leastPlaceToHold: number;
  /** What it says that an asset is in a space of this type; a type left out says nothing. */
  readonly places: Readonly<Record<string, Weights>>;
  /** Spaces things pass through: they say that it moves before an asset has rested there for `settleMs`. */
  readonly passages: ReadonlySet<string>;
  readonly settleMs: number;
  readonly moving: Weights;
  readonly movingWith: Fading & {
    /** Kinds that carry patients. */
    readonly kinds: ReadonlySet<string>;
    /** Units entered together before it counts. */
    readonly steps: number;
  };
  /** Untouched for long, by what its place says: nothing before `afterMs`, then growing to the whole at `fullAfterMs`. */
  readonly restedLong: Readonly<
    Partial<Record<State, { readonly afterMs: number; readonly fullAfterMs: number; readonly weights: Weights }>>
  >;
  /**
   * What it says of one kept ready that it came from where it is used: `notCleaned` when it was not seen where such things
   * are cleaned since, `cleaned` when it was. Null when neither says anything.
   */
  readonly lastUse: { readonly notCleaned: Weights; readonly cleaned: Weights } | null;
  /** A fix older than this counts less and less, with this half-life. */
  readonly stale: { readonly afterMs: number; readonly halfLifeMs: number };
  /** A silent tag's last place. */
  readonly silent: Discount;
  readonly manual: SaidRule;
  readonly corrected: SaidRule;
  readonly deviceFeed: SaidRule;
  /** Faults, maintenance, recalls: they hold until cleared. */
  readonly outOfService: SaidRule;
  /** How long a status set by staff holds at most. */
  readonly manualForMs: number;
  /** How much of the place is left when somebody did not find the asset in it. */
  readonly notHere: Discount;
  readonly returned: Fading;
  readonly claimed: Weights;
  /** Share of its weight an evidence loses for an asset each time it misled, and how soon that is forgiven. */
  readonly misled: { readonly loss: number; readonly halfLifeMs: number };
}

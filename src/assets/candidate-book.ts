import type { Availability, AvailabilityRules } from '../core';
import type { Asset } from './asset';
import type { AssetViews } from './asset-views';
import { type Candidate, isOwn, RoomChances, type Sorted, sortOut, type Wanted } from './candidates';
import type { Registry } from './registry';
import { byUnit, RoomMates } from './room-mates';

/** The equipment of a kind: what may be an answer, what may not, and how many are nowhere. */
export interface Candidates {
  readonly wanted: RoomMates;
  /** Those that may not, by the unit one would walk to. */
  readonly others: readonly (readonly Candidate[])[];
  readonly claimed: number;
  /** Not claimed, but not what is asked for. */
  readonly unavailable: number;
  readonly unplaced: number;
  readonly rooms: RoomChances;
}

type Asked = Wanted & { readonly kind: string };

/** How long moves and the passing of time may wait; what anybody says does not. */
const heldMs = 1_000;
/** From this age on, each question sorts out so many pieces of the page to come: no single one waits for all of them. */
const aheadMs = 400;
const aheadPieces = 256;

/** A page being made while the one before it is in use. */
interface Draft {
  readonly pieces: Map<Asset, Sorted>;
  readonly left: Iterator<Asset>;
  readonly startedAt: number;
}

interface Page {
  readonly pieces: ReadonlyMap<Asset, Sorted>;
  /** Null until it is begun. */
  draft: Draft | null;
  readonly candidates: Candidates;
  /** Who holds one of them. */
  readonly holders: ReadonlySet<string>;
  readonly version: number;
  readonly rules: AvailabilityRules;
  readonly madeAt: number;
  /** The first claim on one of them ends then, epoch ms. */
  readonly until: number;
}

/**
 * The equipment of each kind sorted out, about once a second while nobody says anything, a few pieces at each question:
 * thousands would be looked through for every search. A claim, a correction, a status or a change of the rules counts from the next question on, a move
 * within the second. Pages are as many as there are kinds in use and availabilities to ask for.
 */
export class CandidateBook {
  readonly #pages = new Map<string, Map<Availability | null, Page>>();

  constructor(
    private readonly registry: Pick<Registry, 'ofKind' | 'version'>,
    private readonly views: AssetViews,
  ) {}

  /** @param now epoch ms */
  of(asked: Asked, now: number): Candidates {
    const page = this.#page(asked, now);
    const { tablet, availability } = asked;
    if (tablet === undefined || availability !== 'free' || !page.holders.has(tablet)) return page.candidates;
    const own = this.#draft(asked.kind, now);
    this.#sortOn(own, asked, { now, before: page, most: Infinity });
    return gather(own.pieces.values());
  }

  #page({ kind, availability }: Asked, now: number): Page {
    const known = this.#pages.get(kind)?.get(availability);
    const rules = this.views.rulesOf(kind);
    const before = known?.rules === rules ? known : undefined;
    const isOfNow = before?.version === this.registry.version && now >= before.madeAt && now < before.until;
    if (isOfNow && now < before.madeAt + aheadMs) return before;
    const draft = (isOfNow ? before.draft : null) ?? this.#draft(kind, now);
    const isOpen = isOfNow && now < before.madeAt + heldMs;
    const isReady = this.#sortOn(draft, { kind, availability }, { now, before, most: isOpen ? aheadPieces : Infinity });
    if (!isReady && isOpen) {
      before.draft = draft;
      return before;
    }
    const page = { ...this.#bind(draft, now), version: this.registry.version, rules };
    this.#keep(page, { kind, availability });
    return page;
  }

  #draft(kind: string, now: number): Draft {
    return { pieces: new Map(), left: this.registry.ofKind(kind)[Symbol.iterator](), startedAt: now };
  }

  /** A page of what is sorted out. */
  #bind({ pieces, startedAt }: Draft, now: number): Omit<Page, 'version' | 'rules'> {
    const claims = [...pieces.keys()].flatMap(({ said }) =>
      said.claim !== null && said.claim.until > now ? said.claim : [],
    );
    return {
      pieces,
      draft: null,
      candidates: gather(pieces.values()),
      holders: new Set(claims.map(({ by }) => by)),
      madeAt: startedAt,
      until: claims.reduce((first, { until }) => Math.min(first, until), Infinity),
    };
  }

  #keep(page: Page, { kind, availability }: Asked): void {
    const ofKind = this.#pages.get(kind) ?? new Map<Availability | null, Page>();
    if (page.pieces.size === 0) ofKind.delete(availability);
    else this.#pages.set(kind, ofKind.set(availability, page));
  }

  /** Sorts out the next pieces, each as before where that still holds. Says whether none is left. */
  #sortOn(draft: Draft, asked: Asked, { now, before, most }: SortingOn): boolean {
    for (let sorted = 0; sorted < most; sorted++) {
      const next = draft.left.next();
      if (next.done === true) return true;
      const asset = next.value;
      const known = before?.pieces.get(asset);
      const holds = known !== undefined && now < known.until && known.place === this.views.placeOf(asset);
      draft.pieces.set(asset, holds && !isOwn(asset, asked, now) ? known : sortOut(asset, asked, this.views, now));
    }
    return false;
  }
}

interface SortingOn {
  readonly now: number;
  readonly before: Page | undefined;
  /** Pieces at most. */
  readonly most: number;
}

function gather(pieces: Iterable<Sorted>): Candidates {
  const wanted: Candidate[] = [];
  const others: Candidate[] = [];
  const rooms = new RoomChances();
  let [claimed, unplaced] = [0, 0];
  for (const { candidate, chances } of pieces) {
    if (candidate === null) {
      unplaced++;
      continue;
    }
    if (candidate.not === 'claimed') claimed++;
    for (const chance of chances) rooms.add(chance);
    (candidate.not === null ? wanted : others).push(candidate);
  }
  const unavailable = others.length - claimed;
  return { wanted: new RoomMates(wanted), others: byUnit(others), claimed, unavailable, unplaced, rooms };
}

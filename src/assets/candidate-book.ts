import type { Availability, AvailabilityRules } from '../core';
import type { Asset } from './asset';
import type { AssetViews } from './asset-views';
import { isOwn, sortOut, type Wanted } from './candidates';
import { type Candidates, Gathered } from './gathered';
import type { Registry } from './registry';

type Asked = Wanted & { readonly kind: string };

/** How long moves and the passing of time may wait; what anybody says does not. */
const heldMs = 1_000;
/** From this age on, each question sorts out so many pieces of the page to come: no single one waits for all of them. */
const aheadMs = 400;
const aheadPieces = 128;

/** A page being made while the one before it is in use. */
interface Draft {
  readonly gathered: Gathered;
  readonly left: Iterator<Asset>;
  readonly startedAt: number;
}

interface Page {
  readonly gathered: Gathered;
  /** Null until it is begun. */
  draft: Draft | null;
  readonly version: number;
  readonly rules: AvailabilityRules;
  readonly madeAt: number;
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
    if (tablet === undefined || availability !== 'free' || !page.gathered.holders.has(tablet)) return page.gathered;
    const own = this.#draft(asked.kind, now);
    this.#sortOn(own, asked, { now, before: page, most: Infinity });
    return own.gathered;
  }

  #page({ kind, availability }: Asked, now: number): Page {
    const known = this.#pages.get(kind)?.get(availability);
    const rules = this.views.rulesOf(kind);
    const before = known?.rules === rules ? known : undefined;
    const isOfNow = before?.version === this.registry.version && now >= before.madeAt && now < before.gathered.until;
    if (isOfNow && now < before.madeAt + aheadMs) return before;
    const draft = (isOfNow ? before.draft : null) ?? this.#draft(kind, now);
    const isOpen = isOfNow && now < before.madeAt + heldMs;
    const isReady = this.#sortOn(draft, { kind, availability }, { now, before, most: isOpen ? aheadPieces : Infinity });
    if (!isReady && isOpen) {
      before.draft = draft;
      return before;
    }
    const { gathered, startedAt: madeAt } = draft;
    const page = { gathered, draft: null, version: this.registry.version, rules, madeAt };
    this.#keep(page, { kind, availability });
    return page;
  }

  #draft(kind: string, now: number): Draft {
    return { gathered: new Gathered(), left: this.registry.ofKind(kind)[Symbol.iterator](), startedAt: now };
  }

  #keep(page: Page, { kind, availability }: Asked): void {
    const ofKind = this.#pages.get(kind) ?? new Map<Availability | null, Page>();
    if (page.gathered.pieces.size === 0) ofKind.delete(availability);
    else this.#pages.set(kind, ofKind.set(availability, page));
  }

  /** Sorts out the next pieces, each as before where that still holds. Says whether none is left. */
  #sortOn(draft: Draft, asked: Asked, { now, before, most }: SortingOn): boolean {
    for (let sorted = 0; sorted < most; sorted++) {
      const next = draft.left.next();
      if (next.done === true) return true;
      const asset = next.value;
      const known = before?.gathered.pieces.get(asset);
      const holds = known !== undefined && now < known.until && known.place === this.views.placeOf(asset);
      draft.gathered.add(
        asset,
        holds && !isOwn(asset, asked, now) ? known : sortOut(asset, asked, this.views, now),
        now,
      );
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

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

interface Page {
  readonly pieces: ReadonlyMap<Asset, Sorted>;
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
 * The equipment of each kind sorted out, once a second at most while nobody says anything: thousands are looked through
 * for every search. A claim, a correction, a status or a change of the rules counts from the next question on, a move
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
    return gather(this.#sort(asked, now, page).values());
  }

  #page({ kind, availability }: Asked, now: number): Page {
    const ofKind = this.#pages.get(kind);
    const known = ofKind?.get(availability);
    const rules = this.views.rulesOf(kind);
    if (known?.rules === rules && known.version === this.registry.version && isOpen(known, now)) return known;
    const pieces = this.#sort({ kind, availability }, now, known?.rules === rules ? known : undefined);
    const claims = [...pieces.keys()].flatMap(({ said }) =>
      said.claim !== null && said.claim.until > now ? said.claim : [],
    );
    const page: Page = {
      pieces,
      candidates: gather(pieces.values()),
      holders: new Set(claims.map(({ by }) => by)),
      version: this.registry.version,
      rules,
      madeAt: now,
      until: claims.reduce((first, { until }) => Math.min(first, until), Infinity),
    };
    if (pieces.size === 0) ofKind?.delete(availability);
    else this.#pages.set(kind, (ofKind ?? new Map<Availability | null, Page>()).set(availability, page));
    return page;
  }

  /** Each piece, as it was sorted out before where that still holds. */
  #sort(asked: Asked, now: number, before: Page | undefined): Map<Asset, Sorted> {
    const pieces = new Map<Asset, Sorted>();
    for (const asset of this.registry.ofKind(asked.kind)) {
      const known = before?.pieces.get(asset);
      const holds = known !== undefined && now < known.until && known.place === this.views.placeOf(asset);
      pieces.set(asset, holds && !isOwn(asset, asked, now) ? known : sortOut(asset, asked, this.views, now));
    }
    return pieces;
  }
}

const isOpen = ({ madeAt, until }: Page, now: number): boolean =>
  now >= madeAt && now < Math.min(until, madeAt + heldMs);

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

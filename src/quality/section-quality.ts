import type { SectionId } from '../core';

/** What is known of how well tags are located in one section. */
export interface SectionQuality {
  readonly sectionId: SectionId | null;
  /** Median of how far positions move when one gateway is not listened to, metres; null before a tag was looked at. */
  readonly leaveOneOutM: number | null;
  readonly tagsLookedAt: number;
  /** Share of looks at reference tags that found the right room; null without reference tags. */
  readonly hitRate: number | null;
  /** Share of these looks whose radius90 held the tag. */
  readonly insideRadius90: number | null;
  readonly referenceLooks: number;
  /** Whether reports may rest on this section: null while nobody knows. */
  readonly isReliable: boolean | null;
}

/** Newest values kept of each section: some hours of looks. */
const kept = 400;
/** Fewer looks at reference tags say nothing. */
const fewestLooks = 30;
const leastHitRate = 0.8;

interface Look {
  readonly isRoomRight: boolean;
  readonly isInside: boolean;
}

/** The newest looks of each section. As many entries as the plan has sections, and one for outside them all. */
export class SectionQualities {
  readonly #errors = new Map<SectionId | null, number[]>();
  readonly #looks = new Map<SectionId | null, Look[]>();

  addError(sectionId: SectionId | null, errorM: number): void {
    add(this.#errors, sectionId, errorM);
  }

  addLook(sectionId: SectionId | null, look: Look): void {
    add(this.#looks, sectionId, look);
  }

  all(): SectionQuality[] {
    const ids = [...new Set([...this.#errors.keys(), ...this.#looks.keys()])];
    return ids.sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1)).map((id) => this.#of(id));
  }

  #of(sectionId: SectionId | null): SectionQuality {
    const errors = [...(this.#errors.get(sectionId) ?? [])].sort((a, b) => a - b);
    const looks = this.#looks.get(sectionId) ?? [];
    const hitRate = shareOf(looks, ({ isRoomRight }) => isRoomRight);
    return {
      sectionId,
      leaveOneOutM: errors[errors.length >> 1] ?? null,
      tagsLookedAt: errors.length,
      hitRate,
      insideRadius90: shareOf(looks, ({ isInside }) => isInside),
      referenceLooks: looks.length,
      isReliable: hitRate === null || looks.length < fewestLooks ? null : hitRate >= leastHitRate,
    };
  }
}

const shareOf = (looks: readonly Look[], holds: (look: Look) => boolean): number | null =>
  looks.length === 0 ? null : looks.filter(holds).length / looks.length;

function add<T>(all: Map<SectionId | null, T[]>, id: SectionId | null, value: T): void {
  const own = all.get(id) ?? [];
  own.push(value);
  if (own.length > kept) own.shift();
  all.set(id, own);
}

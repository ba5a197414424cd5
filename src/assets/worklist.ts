import { Injectable } from '@nestjs/common';
import { notFoundAt } from '../core';
import type { LastSeen, WorklistItem, WorklistReason } from '../live/protocol';
import { SiteModelSource } from '../sites/site-model-source';
import type { Asset } from './asset';
import { AssetViews } from './asset-views';
import type { Place } from './places';
import { Registry } from './registry';

/** Free and unmoved away from its own section for so long: somebody should bring it home. */
const awayMs = 4 * 3_600_000;

const order: readonly WorklistReason[] = ['not-found', 'silent', 'out-of-service', 'needs-cleaning', 'away-from-home'];

type Advice = WorklistItem['advice'];
type Finding = Pick<WorklistItem, 'reason' | 'since'>;

/** Equipment that needs somebody, and what to do. */
@Injectable()
export class Worklist {
  constructor(
    private readonly registry: Registry,
    private readonly views: AssetViews,
    private readonly source: SiteModelSource,
  ) {}

  /** Most pressing first, within a reason the longest waiting first. @param section owner, or where it is now. @param now epoch ms */
  items(section: string | undefined, now: number): WorklistItem[] {
    const items: WorklistItem[] = [];
    for (const asset of this.registry.all()) {
      const place = this.views.placeOf(asset);
      if (section !== undefined && asset.ownerSectionId !== section && place?.sectionId !== section) continue;
      const finding = this.#findingOf(asset, place, now);
      if (finding === null) continue;
      const lastSeen = place === null ? null : this.#lastSeen(place);
      const advice = adviceFor(finding.reason, asset, place);
      items.push({ asset: this.views.view(asset, now), ...finding, lastSeen, advice });
    }
    return items.sort(
      (a, b) => order.indexOf(a.reason) - order.indexOf(b.reason) || (a.since ?? now) - (b.since ?? now),
    );
  }

  #findingOf(asset: Asset, place: Place | null, now: number): Finding | null {
    const { status } = this.views.estimate(asset, place, now);
    const notFound = notFoundAt({ place: place?.whereabouts ?? null, said: asset.said });
    if (notFound !== null) return { reason: 'not-found', since: notFound };
    if (status === 'out-of-service') return { reason: status, since: asset.said.staff?.at ?? place?.since ?? null };
    if (place?.silent === true) return { reason: 'silent', since: place.at };
    if (place === null && asset.tagIds.length > 0) return { reason: 'silent', since: null };
    if (status === 'needs-cleaning') return { reason: status, since: asset.said.staff?.at ?? place?.since ?? null };
    if (place === null || status !== 'free') return null;
    const isAway = asset.ownerSectionId !== null && place.sectionId !== asset.ownerSectionId;
    const rests = place.restingSince ?? now;
    return isAway && now - rests > awayMs ? { reason: 'away-from-home', since: rests } : null;
  }

  #lastSeen({ levelId, zoneId, sectionId, at, whereabouts }: Place): LastSeen {
    const { space } = whereabouts;
    return { levelId, unitId: zoneId, unitName: space?.name ?? null, unitNumber: space?.number ?? null, sectionId, at };
  }
}

function adviceFor(reason: WorklistReason, asset: Asset, place: Place | null): Advice {
  switch (reason) {
    case 'not-found':
      return texts['search-nearby'];
    case 'silent':
      return asset.tagIds.length === 0
        ? texts['pair-tag']
        : texts[place === null ? 'check-tag' : 'look-where-last-seen'];
    case 'out-of-service':
      return texts['send-to-workshop'];
    case 'needs-cleaning':
      return texts.clean;
    case 'away-from-home':
      return texts['bring-home'];
  }
}

const texts: Readonly<Record<Advice['code'], Advice>> = {
  'look-where-last-seen': {
    code: 'look-where-last-seen',
    text: {
      en: 'Look where it was last seen; if it is there, change the battery of its tag',
      fr: 'Cherchez là où il a été vu en dernier; s’il y est, changez la pile de son étiquette',
    },
  },
  'check-tag': {
    code: 'check-tag',
    text: {
      en: 'Its tag has never been heard: check that it is on and paired with the right asset',
      fr: 'Son étiquette n’a jamais été entendue : vérifiez qu’elle fonctionne et qu’elle est jumelée au bon équipement',
    },
  },
  'search-nearby': {
    code: 'search-nearby',
    text: {
      en: 'Somebody did not find it: look in the rooms next to this one',
      fr: 'Quelqu’un ne l’a pas trouvé : cherchez dans les pièces voisines',
    },
  },
  'send-to-workshop': {
    code: 'send-to-workshop',
    text: {
      en: 'Send it to biomedical engineering; clear the fault when it is repaired',
      fr: 'Envoyez-le au génie biomédical; levez la panne une fois réparé',
    },
  },
  clean: {
    code: 'clean',
    text: { en: 'Clean it and bring it to its store', fr: 'Nettoyez-le et rapportez-le à sa réserve' },
  },
  'bring-home': {
    code: 'bring-home',
    text: { en: 'Free and far from its section: bring it home', fr: 'Libre et loin de son unité : rapportez-le' },
  },
  'pair-tag': {
    code: 'pair-tag',
    text: { en: 'It wears no tag: pair one', fr: 'Il n’a pas d’étiquette : jumelez-en une' },
  },
};

import type { Judgement, Reason } from '../core';
import type { Asset } from './asset';
import type { Look } from './asset-views';

/** What was told of an asset. */
export interface Announced {
  readonly asset: Asset;
  /** Everything else that makes a view worth announcing, but the fix itself and how much each evidence weighs. */
  readonly signature: string;
  readonly freeProbability: number;
}

/** A probability that changed by less is told with the next change. */
const tellingStep = 0.15;

/** Put together for every asset within seconds, so it is no more than texts side by side. */
export function announcedOf(asset: Asset, { tagId, tagsApart, claim, place, judged }: Look): Announced {
  const where = `${place?.levelId} ${place?.zoneId} ${place?.silent}`;
  const who = `${tagId} ${tagsApart} ${claim === null ? '' : JSON.stringify(claim)}`;
  return {
    asset,
    signature: `${where}\n${who}\n${judged.status} ${judged.isProbable}\n${reasonsOf(judged)}`,
    freeProbability: judged.freeProbability,
  };
}

export const isNews = (now: Announced, before: Announced | undefined): boolean =>
  before === undefined ||
  now.signature !== before.signature ||
  Math.abs(now.freeProbability - before.freeProbability) >= tellingStep ||
  (now.asset !== before.asset && entryOf(now.asset) !== entryOf(before.asset));

/** Every word said of an asset replaces it, and so does a reading of the whole registry: its entry may be the same. */
const entryOf = ({ said: _, ...entry }: Asset): string => JSON.stringify(entry);

const reasonsOf = ({ evidence }: Judgement): string =>
  evidence.length === 1 ? evidence.map(reasonText).join() : evidence.map(reasonText).sort().join('\n');

const reasonText = ({ code, status, unitId, note, correction, companion, until }: Reason): string =>
  `${code} ${status} ${unitId} ${correction} ${companion?.id} ${until} ${note}`;

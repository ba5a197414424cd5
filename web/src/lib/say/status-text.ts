import type { AssetAvailability } from '../../../../src/live/protocol';
import type { Messages } from '../i18n/en';

/** What it is, in words: who walks to a free one is told when that is only probable. */
export const statusText = (
  { status, probable }: Pick<AssetAvailability, 'status' | 'probable'>,
  t: Messages,
): string => (status === 'free' && probable === true ? t.probablyFree : t.status[status]);

import type { AssetView } from '../../../../src/live/protocol';
import { api, ApiError } from '../api/client';
import type { Correction } from './correction';
import type { Outcome } from './outbox';

/** Sends one correction and says what became of it. No answer, and a server that cannot take it now, mean: again later. */
export async function sendCorrection(correction: Correction): Promise<Outcome> {
  try {
    return { kind: 'taken', asset: await api.correct(correction) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { status, problem } = error;
    if (status === 0 || status === 429 || status >= 500) return { kind: 'waiting' };
    if (status === 409 && problem['reason'] === 'superseded' && isAsset(problem['asset']))
      return { kind: 'superseded', asset: problem['asset'] };
    return { kind: 'refused', why: error.message };
  }
}

export function isAsset(value: unknown): value is AssetView {
  return typeof value === 'object' && value !== null && 'id' in value && 'availability' in value;
}

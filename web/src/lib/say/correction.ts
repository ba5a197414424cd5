import type { AssetView, AvailabilityStatus, CorrectionCode } from '../../../../src/live/protocol';

/** What one tap said of an item. */
export interface Correction {
  /** Made on this device: sent twice, it is still one. */
  readonly id: string;
  readonly assetId: string;
  readonly tablet: string;
  readonly code: CorrectionCode;
  /** Epoch ms of the server's clock. */
  readonly saidAt: number;
  readonly note?: string;
  /** When the search began that ended with this, epoch ms. */
  readonly searchStartedAt?: number;
}

/** What is known of an item once somebody has said so; null: where it is, not what it is. */
const saidStatus: Readonly<Record<CorrectionCode, AvailabilityStatus | null>> = {
  'not-here': 'unknown',
  'in-use': 'in-use',
  dirty: 'needs-cleaning',
  broken: 'out-of-service',
  free: 'free',
  found: null,
  returned: null,
};

/** The item as it will be when the server has heard: shown at once, replaced by the server's own answer. */
export function asSaid(asset: AssetView, { code, saidAt, note }: Correction): AssetView {
  const status = saidStatus[code];
  if (status === null) return asset;
  const said = { code: 'corrected', status, weight: 0, text: '', since: saidAt, correction: code } as const;
  const evidence = [note === undefined ? said : { ...said, note }, ...asset.availability.evidence];
  const freeProbability = status === 'free' ? asset.availability.probability : 0;
  const { probability } = asset.availability;
  return { ...asset, availability: { status, probability, freeProbability, since: saidAt, evidence } };
}

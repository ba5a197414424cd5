import type { Claim } from '../../../../src/live/protocol';

/** Who is on the way to an item, as this tablet sees it. */
export type ClaimState =
  { readonly kind: 'none' } | { readonly kind: 'mine' | 'others'; readonly until: number; readonly leftMs: number };

export function claimState(claim: Claim | null, tablet: string, now: number): ClaimState {
  if (claim === null || claim.until <= now) return { kind: 'none' };
  return { kind: claim.by === tablet ? 'mine' : 'others', until: claim.until, leftMs: claim.until - now };
}

/** `9:05`, `0:07`: minutes and seconds left. */
export function formatCountdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/**
 * What became of one message or one sighting at a step: taken, dropped (not wanted, counted) or put aside
 * (wanted but unreadable: kept in the dead letters). Throw only for bugs and broken services.
 */
export type Result<T, Reason extends string = string> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: Reason; readonly detail?: string };

export function taken<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refused<Reason extends string>(
  reason: Reason,
  detail?: string,
): { readonly ok: false; readonly reason: Reason; readonly detail?: string } {
  return detail === undefined ? { ok: false, reason } : { ok: false, reason, detail };
}

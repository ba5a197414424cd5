import type { AssetView } from '../../../../src/live/protocol';
import { squash } from '../../../../src/search/words';

/** What a code that was scanned, or typed in its place, says. */
export type ReadCode =
  | { readonly is: 'asset'; readonly id: string }
  /** Of more than one: a serial two makers gave. */
  | { readonly is: 'several'; readonly ids: readonly string[] }
  /** Nothing known by it; `code` is what a new asset or tag would have of it. */
  | { readonly is: 'unknown'; readonly code: string };

/**
 * Reads our own labels, inventory numbers, serials, tag addresses, and the labels of makers (GS1), whose serial is
 * one part of many.
 */
export function readCode(text: string, assets: Iterable<AssetView>): ReadCode {
  const code = serialOf(text) ?? text.trim();
  const own = assetOfAddress(code);
  const wanted = squash(own ?? code);
  if (wanted === '') return { is: 'unknown', code };
  const ids: string[] = [];
  for (const { id, number, serial, tagIds } of assets) {
    if (
      own !== null ? id === own : [id, number, serial, ...tagIds].some((one) => one !== null && squash(one) === wanted)
    ) {
      ids.push(id);
    }
  }
  const [only, another] = ids;
  if (only === undefined) return { is: 'unknown', code: own ?? code };
  return another === undefined ? { is: 'asset', id: only } : { is: 'several', ids };
}

/** What the label of an asset says: its address, so that any telephone opens it too. */
export const addressOf = (origin: string, id: string): string => `${origin}/?asset=${encodeURIComponent(id)}`;

/** Whatever host printed the label: it outlives the address of the server. */
function assetOfAddress(text: string): string | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  return new URL(text).searchParams.get('asset');
}

const groupEnd = '\u001d';
/** Lengths of the GS1 fields that have no end sign: trade number, dates, variant. */
const fixed: Readonly<Record<string, number>> = {
  '00': 18,
  '01': 14,
  '02': 14,
  '11': 6,
  '12': 6,
  '13': 6,
  '15': 6,
  '16': 6,
  '17': 6,
  '20': 2,
};
const endless = ['10', '21', '22', '240', '241', '250'];

/** The serial (field 21) of a GS1 code, printed `(01)…(21)…` or raw; null when it is no GS1 code. */
function serialOf(text: string): string | null {
  const printed = /\(21\)([^(]+)/.exec(text);
  if (/^\(01\)\d{14}/.test(text)) return printed?.[1]?.trim() ?? null;
  let rest = text.replace(/^\](?:C1|d2|Q3)/, '').replace(new RegExp(`^${groupEnd}`), '');
  if (!/^01\d{14}/.test(rest)) return null;
  while (rest !== '') {
    const length = fixed[rest.slice(0, 2)];
    const field = endless.find((name) => rest.startsWith(name));
    if (length === undefined && field === undefined) return null;
    const start = field?.length ?? 2;
    const end = length === undefined ? rest.indexOf(groupEnd) : start + length;
    const value = rest.slice(start, end < 0 ? undefined : end);
    if (field === '21') return value;
    rest = end < 0 ? '' : rest.slice(end).replace(new RegExp(`^${groupEnd}`), '');
  }
  return null;
}

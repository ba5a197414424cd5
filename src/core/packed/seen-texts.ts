/** FNV-1a, 32 bits. */
const [hashStart, hashPrime] = [0x811c9dc5 | 0, 0x01000193];
const mostSeen = 65_536;
/** Ids are shorter, characters. */
const longest = 64;

/** By the hash of their bytes; of two with the same hash the one read last. Forgotten when there are too many. */
const seen = new Map<number, string>();

/**
 * The text that stands in some bytes, a byte a character. Ids of tags, gateways and rooms come again and again: one read
 * before is found, not made anew, so that what keeps it for a while keeps no text of its own.
 */
export function textAt(bytes: Buffer, begin: number, end: number): string {
  const length = end - begin;
  if (length > longest) return bytes.toString('latin1', begin, end);
  let hash = hashStart;
  for (let at = begin; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), hashPrime);
  const known = seen.get(hash);
  if (known !== undefined && known.length === length && isWritten(known, bytes, begin)) return known;
  const text = bytes.toString('latin1', begin, end);
  if (seen.size >= mostSeen) seen.clear();
  seen.set(hash, text);
  return text;
}

function isWritten(text: string, bytes: Buffer, begin: number): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[begin + i]) return false;
  return true;
}

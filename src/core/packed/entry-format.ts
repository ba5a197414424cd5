/**
 * First byte of every packed entry: which way of packing it is. What the first release wrote was JSON text, which
 * begins with a bracket.
 */
export const packedFormat = 2;
const jsonList = 0x5b;

/** Whether an entry was written as JSON by an earlier version. @throws TypeError when this version cannot read it */
export function isEarlierFormat(entry: Buffer): boolean {
  const format = entry[0];
  if (format === packedFormat) return false;
  if (format === jsonList) return true;
  throw new TypeError(
    format === undefined
      ? 'Unexpected empty entry'
      : `Unexpected entry of format ${format}: this version reads format ${packedFormat} and JSON lists`,
  );
}

import { isUtf8 } from 'node:buffer';
import { fileRefusals } from './file-refusals';
import type { Refusal } from './refusal';

/** How the bytes of a file were read. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface ReadText {
  readonly text: string;
  readonly encoding: Encoding;
}

const marks: readonly { readonly bytes: readonly number[]; readonly encoding: Encoding }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

/** First bytes of files people take for CSV. */
const workbooks: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

/**
 * Reads a CSV file whatever program wrote it: by its byte order mark; without one as UTF-16 when every other byte is
 * zero, as UTF-8 when it is valid UTF-8, else as Windows' Latin letters, in which every byte means something.
 * @returns why not, when it is no text
 */
export function readText(bytes: Buffer): ReadText | Refusal {
  if (bytes.length === 0) return fileRefusals.empty;
  if (workbooks.some((start) => startsWith(bytes, start))) {
    return fileRefusals.workbook;
  }
  const encoding = marks.find((mark) => startsWith(bytes, mark.bytes))?.encoding ?? guess(bytes);
  // The mark itself is taken off by the decoder.
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes('\0')) return fileRefusals.noText;
  return text.trim() === '' ? fileRefusals.empty : { text, encoding };
}

const startsWith = (bytes: Buffer, start: readonly number[]): boolean => start.every((byte, i) => bytes[i] === byte);

function guess(bytes: Buffer): Encoding {
  const start = bytes.subarray(0, 2_000);
  const zeros = [0, 0];
  start.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (odd > start.length / 4 && even === 0) return 'utf-16le';
  if (even > start.length / 4 && odd === 0) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

import { refused, type Result, taken } from '../../core';

const byteOrderMark = 0xfeff;

/** Bytes → JSON, or the reason they are none. */
export function parseJson(payload: Buffer): Result<unknown, 'bad-json'> {
  if (payload.length === 0) return refused('bad-json', 'the message is empty');
  const text = payload.toString('utf8');
  try {
    return taken(JSON.parse(text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text));
  } catch (error) {
    return refused('bad-json', binaryName(payload) ?? (error instanceof Error ? error.message : String(error)));
  }
}

/** Binary formats that gateways are known to send, for the engineer who reads the dead letter. */
function binaryName(payload: Buffer): string | null {
  const head = payload.length < 2 ? 0 : payload.readUInt16BE();
  if (head === 0xbb00 || head === 0xbb01) return 'Minew binary format: set the gateway to JSON-LONG';
  if (head === 0xbb02) return 'Minew Connect binary format: set the gateway to JSON-LONG';
  return payload.subarray(0, 64).some((byte) => byte < 0x09) ? 'binary, not JSON' : null;
}

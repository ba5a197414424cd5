import { z } from 'zod';
import { BadInputError, readRows } from '../score/read-ndjson';
import type { GatewayMessage } from '../vendor-formats';

/** One message of a recording, and when it was sent. */
export interface RecordedMessage {
  /** Epoch ms. */
  readonly at: number;
  readonly message: GatewayMessage;
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const line = z
  .object({
    at: z.number().min(0),
    door: z.enum(['mqtt', 'http']),
    topic: z.string().min(1).optional(),
    path: z.string().startsWith('/').optional(),
    contentType: z.string().optional(),
    payload: z.string().regex(base64, 'not base64'),
  })
  .refine(({ door, topic }) => door !== 'mqtt' || topic !== undefined, 'a message for mqtt needs its topic')
  .refine(({ door, path }) => door !== 'http' || path !== undefined, 'a message for http needs its path');

/** Raw gateway traffic, in order of time. */
export async function readRecording(path: string): Promise<RecordedMessage[]> {
  const rows = await readRows(path, line);
  return rows
    .map(({ row: { at, door, topic, path: to, contentType = 'application/octet-stream', payload } }) => ({
      at,
      message: { door, topic, path: to, contentType, payload: Buffer.from(payload, 'base64') },
    }))
    .sort((a, b) => a.at - b.at);
}

/** A line of a recording. */
export function toLine({ at, message: { door, topic, path, contentType, payload } }: RecordedMessage): object {
  if (door === 'http' && path === undefined) throw new BadInputError('A message for http needs its path.');
  return { at, door, topic, path, contentType, payload: payload.toString('base64') };
}

import { setTimeout as pause } from 'node:timers/promises';
import type { TagId } from '../../core';
import { topicWords } from '../../ingest/decoders/formats';
import { recognise } from '../../ingest/decoders/recognise';
import { BadInputError } from '../score/read-ndjson';
import type { GatewayMessage } from '../vendor-formats';
import type { RecordedMessage } from './recording';

const atOnce = 4;
/** The doors read the new tags a moment after the registry has them. */
const doorsReadWithinMs = 1_000;

/** The tags a recording is about, each by the name it would be enrolled under. */
export function tagsIn(recording: readonly RecordedMessage[]): Set<TagId> {
  const tags = new Set<TagId>();
  for (const { message } of recording) {
    for (const id of preferredIds(message)) tags.add(id);
  }
  return tags;
}

function preferredIds({ topic, path, payload }: GatewayMessage): TagId[] {
  const gateway = path?.split('/')[3] ?? null;
  const { result } = recognise(topic === undefined ? [] : topicWords(topic), gateway, payload);
  if (!result.ok) return [];
  return result.value.reports.flatMap(({ heard }) => heard.flatMap(({ identities }) => identities.slice(0, 1)));
}

/** Registers tags as equipment of a kind. One that is enrolled already stays as it is. @returns how many are new. */
export async function enrolTags(url: string, tags: ReadonlySet<TagId>, kind: string): Promise<number> {
  const waiting = [...tags];
  let enrolled = 0;
  const enrolNext = async (): Promise<void> => {
    for (let tagId = waiting.pop(); tagId !== undefined; tagId = waiting.pop()) {
      if (await register(url, tagId, kind)) enrolled++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, enrolNext));
  if (enrolled > 0) await pause(doorsReadWithinMs);
  return enrolled;
}

async function register(url: string, tagId: TagId, kind: string): Promise<boolean> {
  const id = `replay-${tagId.replace(/[^\w.:-]/g, '_')}`.slice(0, 100);
  const asset = { id, name: `Replayed tag ${tagId}`, kind, tagId };
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(new URL('/api/assets', url), {
    method: 'POST',
    headers,
    body: JSON.stringify(asset),
  }).catch((error: unknown) => {
    throw new BadInputError(`Nobody answers at ${url} to enrol tags (${String(error)}).`);
  });
  if (response.ok) return true;
  if (response.status === 409) return false;
  throw new BadInputError(`${url} did not enrol tag ${tagId}: ${response.status} ${await response.text()}`);
}

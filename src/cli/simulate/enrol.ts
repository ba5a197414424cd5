import type { Piece } from './equipment';

/** Registers pieces at a running server, a few at a time. One that is registered already is left as it is. */
export async function enrol(url: string, pieces: readonly Piece[]): Promise<void> {
  const waiting = [...pieces];
  const enrolNext = async (): Promise<void> => {
    for (let piece = waiting.pop(); piece !== undefined; piece = waiting.pop()) {
      const { id, kind, tagId, homeUnitId } = piece;
      const response = await fetch(new URL('/api/assets', url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id, name: id, kind, tagId, homeUnitId }),
      });
      if (!response.ok && response.status !== 409) {
        throw new Error(`${url} did not enrol ${id}: ${response.status} ${await response.text()}`);
      }
    }
  };
  await Promise.all(Array.from({ length: 4 }, enrolNext));
}

/**
 * A log that nobody can be told (its reader is gone, its disk is full) must not end the service: what cannot be written
 * is not written.
 */
export function goOnUnheard(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

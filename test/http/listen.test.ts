import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../src/http/listen';

test.each([
  ['PORT', 'HOST'],
  ['HEALTH_PORT', 'HEALTH_HOST'],
])('an address that this machine has not is told from a port that is taken: %s', async (setting, named) => {
  const server = createServer();
  onTestFinished(() => void server.close());
  // Kept for documentation (RFC 5737): nobody has it.
  await expect(listen(server, '192.0.2.1', 0, setting)).rejects.toThrow(
    new RegExp(`^192\\.0\\.2\\.1 is no address of this machine \\(.*\\): set ${named} to one\\.$`),
  );
});

import type { Server } from 'node:net';
import { portError } from '../config/start-error';

/** Listens, and says in one sentence which setting to change when it cannot. @returns the port. */
export function listen(server: Server, host: string, port: number, setting: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(portError(error, host, port, setting)));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}

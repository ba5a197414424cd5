import { createServer, type IncomingMessage, request as ask, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** Stands before a service and gives its app out as an older version, until it is told to let the new one through. */
export interface VersionProxy {
  readonly address: string;
  readonly update: () => void;
}

/** The version it is given out as. */
export const older = '000000000000';

export async function versionProxy(address: string): Promise<VersionProxy> {
  const { hostname, port } = new URL(address);
  let isOld = true;
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const isWorker = url === '/sw.js' && isOld;
    const sent = isWorker ? { ...headers, 'accept-encoding': 'identity' } : headers;
    const onward = ask({ hostname, port, method, path: url, headers: sent }, (reply) => {
      if (isWorker) void giveOutAsOlder(reply, outgoing);
      else {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(outgoing);
      }
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The proxy has no port');
  return { address: `http://127.0.0.1:${bound.port}`, update: () => (isOld = false) };
}

async function giveOutAsOlder(reply: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const script = (await reply.setEncoding('utf8').toArray()).join('');
  outgoing.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-cache' });
  outgoing.end(script.replace(/app-[0-9a-f]{12}/g, `app-${older}`));
}

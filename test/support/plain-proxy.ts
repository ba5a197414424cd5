import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface PlainProxy {
  readonly port: number;
  /** Ports behind it, in the order connections were led to them. */
  readonly led: readonly number[];
  /** What is behind a port is gone: its connections are cut, and no more are led there. */
  readonly lose: (port: number) => void;
}

/** Leads connections to the ports behind it, in turn, and knows nothing of what goes through them. */
export async function plainProxy(behind: readonly number[]): Promise<PlainProxy> {
  const alive = new Set(behind);
  const open = new Map<Socket, number>();
  const led: number[] = [];
  const server = createServer((client) => {
    const ports = [...alive];
    const port = ports[led.length % ports.length];
    if (port === undefined) {
      client.destroy();
      return;
    }
    led.push(port);
    const upstream = connect(port, '127.0.0.1');
    open.set(client, port);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        other.destroy();
        open.delete(client);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (isCut: (port: number) => boolean): void => {
    for (const [client, port] of open) if (isCut(port)) client.destroy();
  };
  onTestFinished(() => {
    server.close();
    cut(() => true);
  });
  return {
    port: (server.address() as AddressInfo).port,
    led,
    lose: (port) => {
      alive.delete(port);
      cut((one) => one === port);
    },
  };
}

import { createServer, type Server, Socket } from 'node:net';
import { Aedes, type AedesOptions, type Connection } from 'aedes';
import { portError } from '../config/start-error';

export interface BrokerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /**
   * Takes a message. A publisher at QoS 1 or 2 has its acknowledgement after this resolves; when it rejects, the
   * connection is closed unacknowledged (MQTT 3.1.1 knows no refusal) and the publisher sends again.
   */
  readonly onPublish: (topic: string, payload: Buffer, qos: 0 | 1 | 2) => Promise<void>;
}

export interface Broker {
  readonly url: string;
  readonly port: number;
  /** Takes no more, answers what it took, disconnects everybody. */
  stop(): Promise<void>;
}

/** More than any gateway sends in one message; MQTT itself allows 256 MB, which would all wait in memory. */
const messageBytesMax = 16 * 1024 * 1024;

/** Starts the MQTT broker of the default run. It keeps nothing: sessions and retained messages end with it. */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const waiting = new Set<Promise<void>>();
  const openMessages = new OpenMessages();
  const aedes = await Aedes.createBroker({
    maxClientsIdLength: 256,
    authorizePublish: takeFirst(options.onPublish, waiting, openMessages),
  });
  // A client that breaks the protocol is disconnected by aedes; without listeners the emitter would throw.
  aedes.on('clientError', () => undefined);
  aedes.on('connectionError', () => undefined);
  const server = createServer((socket) => {
    openMessages.watch(socket);
    aedes.handle(socket);
  });
  const port = await listen(server, options);
  return {
    url: `mqtt://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    port,
    stop: async () => {
      server.close();
      await Promise.allSettled(waiting);
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
      openMessages.stop();
    },
  };
}

/** The message is taken before aedes acknowledges it, which it does once the publication is authorized. */
function takeFirst(
  onPublish: BrokerOptions['onPublish'],
  waiting: Set<Promise<void>>,
  openMessages: OpenMessages,
): AedesOptions['authorizePublish'] {
  return (client, packet, done) => {
    if (client !== null) openMessages.ended(client.conn);
    if (packet.topic.startsWith('$')) {
      done(new Error(`${packet.topic} is reserved`));
      return;
    }
    // Nobody subscribes here for the past, and retained topics would pile up with every new tag address.
    packet.retain = false;
    const { topic, qos } = packet;
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    const taken: Promise<void> = onPublish(topic, payload, qos).then(
      () => done(),
      (error: unknown) => done(qos === 0 ? null : error instanceof Error ? error : new Error(String(error))),
    );
    waiting.add(taken);
    void taken.finally(() => waiting.delete(taken));
  };
}

/** @returns the port it listens on. */
function listen(server: Server, { host, port }: BrokerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(portError(error, host, port, 'MQTT_PORT')));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}

/** Ends connections that send a message without an end: aedes would keep all of it in memory. */
class OpenMessages {
  /** Bytes each connection had sent when its last message ended. Its closing deletes it. */
  readonly #bytesBefore = new Map<Connection, number>();
  readonly #timer = setInterval(() => this.#check(), 1000).unref();

  watch(socket: Socket): void {
    this.#bytesBefore.set(socket, 0);
    socket.once('close', () => this.#bytesBefore.delete(socket));
  }

  ended(connection: Connection): void {
    if (connection instanceof Socket) this.#bytesBefore.set(connection, connection.bytesRead);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #check(): void {
    for (const [connection, before] of this.#bytesBefore) {
      if (connection instanceof Socket && connection.bytesRead - before > messageBytesMax) connection.destroy();
    }
  }
}

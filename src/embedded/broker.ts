import { createServer, type Server, Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { Aedes, type AedesOptions, type Connection } from 'aedes';
import { hostHere } from '../config/host-here';
import { portError } from '../config/start-error';
import { Acknowledgements, Subscribers } from './acknowledgements';

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
  /** For clients on this machine. */
  readonly url: string;
  readonly port: number;
  /** Takes no more, answers what it took, disconnects everybody. */
  stop(): Promise<void>;
}

/** More than any gateway sends in one message; MQTT itself allows 256 MB, which would all wait in memory. */
const messageBytesMax = 16 * 1024 * 1024;
/** How long a client may take to hang up when the broker stops. */
const goodbyeMs = 500;

/** Starts the MQTT broker of the default run. It keeps nothing: sessions and retained messages end with it. */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const waiting = new Set<Promise<void>>();
  const connections = new Connections();
  const subscribers = new Subscribers();
  const aedes = await Aedes.createBroker({
    maxClientsIdLength: 256,
    authorizePublish: takeFirst(options.onPublish, { waiting, connections, subscribers }),
  });
  aedes.on('subscribe', (_, { id }) => subscribers.came(id));
  aedes.on('clientDisconnect', ({ id, clean }) => clean && subscribers.left(id));
  // A client that breaks the protocol is disconnected by aedes; without listeners the emitter would throw.
  aedes.on('clientError', () => undefined);
  aedes.on('connectionError', () => undefined);
  const server = createServer((socket) => {
    connections.watch(socket);
    aedes.handle(socket);
  });
  const port = await listen(server, options);
  return {
    url: `mqtt://${hostHere(options.host)}:${port}`,
    port,
    stop: async () => {
      server.close();
      await Promise.allSettled(waiting);
      await connections.sayGoodbye();
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
      connections.stopWatching();
    },
  };
}

interface Around {
  /** Messages that are being taken. */
  readonly waiting: Set<Promise<void>>;
  readonly connections: Connections;
  readonly subscribers: Subscribers;
}

/**
 * The message is taken before it is acknowledged. aedes acknowledges what is published to subscribers, once the
 * publication is authorized; while there are none we do, and to aedes it is a message that wants no answer.
 */
function takeFirst(
  onPublish: BrokerOptions['onPublish'],
  { waiting, connections, subscribers }: Around,
): AedesOptions['authorizePublish'] {
  const acknowledgements = new Acknowledgements();
  return (client, packet, done) => {
    if (client !== null) connections.ended(client.conn);
    if (packet.topic.startsWith('$')) {
      done(new Error(`${packet.topic} is reserved`));
      return;
    }
    // Nobody subscribes here for the past, and retained topics would pile up with every new tag address.
    packet.retain = false;
    const { topic, qos, messageId } = packet;
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    const acknowledge = (): void => {
      if (qos !== 1 || client === null || messageId === undefined || subscribers.isAnybody) done();
      else {
        packet.qos = 0;
        acknowledgements.send(client.conn, messageId, done);
      }
    };
    const taken: Promise<void> = onPublish(topic, payload, qos).then(
      () => {
        waiting.delete(taken);
        acknowledge();
      },
      (error: unknown) => {
        waiting.delete(taken);
        done(qos === 0 ? null : error instanceof Error ? error : new Error(String(error)));
      },
    );
    waiting.add(taken);
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

/** Who is connected. Ends those that send a message without an end: aedes would keep all of it in memory. */
class Connections {
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

  /** Ends every connection once its last acknowledgement is out, which closing at once might take back. */
  async sayGoodbye(): Promise<void> {
    await nextTurn();
    const closing = [...this.#bytesBefore.keys()].map(
      (connection) => new Promise<void>((resolve) => connection.once('close', resolve).end()),
    );
    await Promise.race([Promise.all(closing), wait(goodbyeMs)]);
  }

  stopWatching(): void {
    clearInterval(this.#timer);
  }

  #check(): void {
    for (const [connection, before] of this.#bytesBefore) {
      if (connection instanceof Socket && connection.bytesRead - before > messageBytesMax) connection.destroy();
    }
  }
}

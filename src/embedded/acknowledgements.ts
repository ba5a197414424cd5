import type { Connection } from 'aedes';

/** PUBACK of MQTT 3.1.1: packet type 4, two bytes follow, the message's id. */
const [pubAck, followsLength, ackLength] = [0x40, 2, 4];

interface Written {
  readonly messageId: number;
  readonly done: (error?: Error | null) => void;
}

/** Acknowledges messages at QoS 1: what came to be acknowledged on a connection in one turn goes out as one write. */
export class Acknowledgements {
  /** Emptied at the end of every turn. */
  #waiting = new Map<Connection, Written[]>();

  /** @param done called when the connection has it: only then may more be read from there */
  send(connection: Connection, messageId: number, done: Written['done']): void {
    if (this.#waiting.size === 0) setImmediate(() => this.#flush());
    const own = this.#waiting.get(connection);
    if (own === undefined) this.#waiting.set(connection, [{ messageId, done }]);
    else own.push({ messageId, done });
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = new Map();
    for (const [connection, written] of waiting) {
      const bytes = Buffer.allocUnsafe(ackLength * written.length);
      let at = 0;
      for (const { messageId } of written) {
        bytes[at++] = pubAck;
        bytes[at++] = followsLength;
        at = bytes.writeUInt16BE(messageId, at);
      }
      connection.write(bytes, (error) => written.forEach(({ done }) => done(error)));
    }
  }
}

/** Who subscribes to what gateways publish: nobody, but for those who look for a fault. */
export class Subscribers {
  /** Ids of clients; a clean session leaves with its connection, another may come back for what it missed. */
  readonly #clients = new Set<string>();

  get isAnybody(): boolean {
    return this.#clients.size > 0;
  }

  came(clientId: string): void {
    this.#clients.add(clientId);
  }

  left(clientId: string): void {
    this.#clients.delete(clientId);
  }
}

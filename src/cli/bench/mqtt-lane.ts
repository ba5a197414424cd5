import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** MQTT 3.1.1, section 2.2.1: first bytes of the packets a publisher at QoS 1 sends and gets. */
const [connectPacket, connectAck, publishQos1, publishAck] = [0x10, 0x20, 0x32, 0x40];
const ackLength = 4;
const idsMax = 0xffff;
const outLength = 65_536;
/** First byte and length of a packet. */
const longestHead = 5;

/** A length as MQTT prints it: seven bits a byte, the lowest first. */
function lengthBytes(length: number): number[] {
  const bytes: number[] = [];
  do {
    bytes.push(length > 0x7f ? (length & 0x7f) | 0x80 : length);
    length >>>= 7;
  } while (length > 0);
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}

function packet(type: number, ...parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([type, ...lengthBytes(length)]), ...parts]);
}

/**
 * One publisher at QoS 1 over a real connection, and nothing else of MQTT: the load generator shares the machine with
 * what it measures, so it must cost little.
 */
export class MqttLane {
  readonly #waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  readonly #names = new Map<string, Buffer>();
  #lastId = 0;
  #left: Buffer = Buffer.alloc(0);
  #out = Buffer.allocUnsafe(outLength);
  #at = 0;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('close', () => this.#fail(new Error('The broker closed the connection')));
    socket.on('error', (error) => this.#fail(error));
  }

  static async open(url: string, clientId: string): Promise<MqttLane> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname).setNoDelay(true);
    await once(socket, 'connect');
    // Protocol level 4, clean session, no keep-alive.
    socket.write(packet(connectPacket, text('MQTT'), Buffer.from([4, 2, 0, 0]), text(clientId)));
    const answer: unknown[] = await once(socket, 'data');
    const [bytes] = answer;
    if (!Buffer.isBuffer(bytes) || bytes[0] !== connectAck || bytes[3] !== 0) throw new Error('The broker refused');
    return new MqttLane(socket);
  }

  /** Resolves with the acknowledgement. */
  publish(topic: string, payload: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId();
      this.#waiting.set(id, { resolve, reject });
      this.#write(topic, id, payload);
    });
  }

  async end(): Promise<void> {
    this.socket.end();
    if (!this.socket.closed) await once(this.socket, 'close');
  }

  /** What is published in one turn goes out together. */
  #write(topic: string, id: number, payload: Buffer): void {
    const name = this.#nameOf(topic);
    const length = name.length + 2 + payload.length;
    if (this.#at + length + longestHead > this.#out.length) this.#send(length);
    if (this.#at === 0) setImmediate(() => this.#send(0));
    const out = this.#out;
    let at = this.#at;
    out[at++] = publishQos1;
    for (const byte of lengthBytes(length)) out[at++] = byte;
    at += name.copy(out, at);
    at = out.writeUInt16BE(id, at);
    this.#at = at + payload.copy(out, at);
  }

  #nameOf(topic: string): Buffer {
    const known = this.#names.get(topic);
    if (known !== undefined) return known;
    const name = text(topic);
    this.#names.set(topic, name);
    return name;
  }

  /** @param room for what must fit next, bytes */
  #send(room: number): void {
    if (this.#at > 0) this.socket.write(this.#out.subarray(0, this.#at));
    else if (room + longestHead <= this.#out.length) return;
    this.#out = Buffer.allocUnsafe(Math.max(outLength, room + longestHead));
    this.#at = 0;
  }

  #nextId(): number {
    do this.#lastId = (this.#lastId % idsMax) + 1;
    while (this.#waiting.has(this.#lastId));
    return this.#lastId;
  }

  #take(bytes: Buffer): void {
    const all = this.#left.length === 0 ? bytes : Buffer.concat([this.#left, bytes]);
    let at = 0;
    for (; at + ackLength <= all.length; at += ackLength) {
      if (all[at] !== publishAck) {
        this.socket.destroy(new Error(`The broker answered with packet ${all[at] ?? ''}`));
        return;
      }
      const id = all.readUInt16BE(at + 2);
      this.#waiting.get(id)?.resolve();
      this.#waiting.delete(id);
    }
    this.#left = all.subarray(at);
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

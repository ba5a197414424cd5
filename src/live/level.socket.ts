import { Injectable } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
} from '@nestjs/websockets';
import type { Namespace, Socket } from 'socket.io';
import { z } from 'zod';
import { levelId } from '../core';
import { dropped } from '../health/dropped';
import { SiteModelSource } from '../sites/site-model-source';
import { LiveMoves } from './live-moves';
import { StalledBrowsers } from './stalled-browsers';
import type { AssetView, ClientToServerEvents, JoinReply, MovedBatch, ServerToClientEvents } from './protocol';

type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents>;
type LiveNamespace = Namespace<ClientToServerEvents, ServerToClientEvents>;

/** A browser that takes nothing for so long is cut off, ms. */
const stalledAfterMs = 10_000;

const levelRequest = z.object({ levelId: z.string().min(1).max(200) });

/**
 * The sockets of this process. A client joins a level and is told what moves on it.
 * Join first, snapshot second, deltas third: nothing that happens between can be missed.
 */
@Injectable()
@WebSocketGateway({ namespace: '/live' })
export class LevelSocket implements OnGatewayConnection {
  @WebSocketServer() private readonly clients!: LiveNamespace;

  readonly #stalled = new StalledBrowsers<LiveSocket>(stalledAfterMs);

  constructor(
    private readonly source: SiteModelSource,
    private readonly moves: LiveMoves,
  ) {
    moves.onMoved((batches) => this.emitMoved(batches));
    moves.onAssetsChanged((assets, now) => this.emitAssets(assets, now));
  }

  handleConnection(socket: LiveSocket): void {
    this.#stalled.watch(socket, socket.conn);
  }

  /** How many browsers look on. */
  get clientCount(): number {
    return this.clients.sockets.size;
  }

  @SubscribeMessage('joinLevel')
  async joinLevel(@ConnectedSocket() socket: LiveSocket, @MessageBody() body: unknown): Promise<JoinReply> {
    const request = levelRequest.safeParse(body);
    if (!request.success) return { ok: false, reason: 'bad-request', detail: z.prettifyError(request.error) };
    const level = this.source.site.levelById.get(levelId(request.data.levelId));
    if (level === undefined) {
      const known = this.source.site.levels.map(({ id }) => id).join(', ');
      return { ok: false, reason: 'unknown-level', detail: `No level ${request.data.levelId}; known: ${known}` };
    }
    if (!this.moves.isReady) return { ok: false, reason: 'starting', detail: 'Positions are still being loaded' };
    await this.#leaveAll(socket);
    await socket.join(room(level.id));
    return { ok: true, snapshot: this.moves.watch(level.id) };
  }

  @SubscribeMessage('leaveLevel')
  async leaveLevel(@ConnectedSocket() socket: LiveSocket, @MessageBody() body: unknown): Promise<void> {
    const request = levelRequest.safeParse(body);
    if (request.success) await socket.leave(room(request.data.levelId));
  }

  private emitMoved(batches: readonly MovedBatch[]): void {
    for (const batch of batches) this.clients.to(room(batch.levelId)).emit('moved', batch);
    this.moves.keepWatching((level) => this.#rooms.has(room(level)));
    this.#dropStalled();
  }

  get #rooms(): ReadonlyMap<string, unknown> {
    return this.clients.adapter.rooms;
  }

  private emitAssets(assets: readonly AssetView[], now: number): void {
    this.clients.emit('assetsChanged', { now, assets });
  }

  /** It connects again when it can, and is given the level as it then is. */
  #dropStalled(): void {
    for (const socket of this.#stalled.find(Date.now())) {
      dropped.inc({ step: 'live', reason: 'stalled-browser' });
      socket.conn.close(true);
    }
  }

  async #leaveAll(socket: LiveSocket): Promise<void> {
    for (const joined of socket.rooms) if (joined.startsWith('level:')) await socket.leave(joined);
  }
}

const room = (level: string): string => `level:${level}`;

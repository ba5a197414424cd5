import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';

/** socket.io for one page of ours: no client script served, no long messages taken. */
export class SocketAdapter extends IoAdapter {
  override createIOServer(port: number, options?: ServerOptions): Server {
    return super.createIOServer(port, { ...options, serveClient: false, maxHttpBufferSize: 100_000 }) as Server;
  }
}

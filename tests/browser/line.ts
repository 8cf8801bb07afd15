// The radio network between a terminal and the server: it can be cut and comes back.
import { connect, createServer, type Server, type Socket } from 'node:net';

export class Line {
  private readonly sockets = new Set<Socket>();
  private up = true;

  private constructor(private readonly server: Server) {}

  /** A line that leads to a port of this machine. */
  static async to(port: number): Promise<Line> {
    const server = createServer();
    const line = new Line(server);
    server.on('connection', (socket) => line.carry(socket, port));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return line;
  }

  get port(): number {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the line is closed');
    return address.port;
  }

  cut(): void {
    this.up = false;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.up = true;
  }

  close(): void {
    this.cut();
    this.server.close();
  }

  private carry(socket: Socket, port: number): void {
    if (!this.up) return void socket.destroy();
    const other = connect(port, '127.0.0.1');
    for (const end of [socket, other]) {
      this.sockets.add(end);
      end.on('error', () => end.destroy());
      end.on('close', () => this.sockets.delete(end));
    }
    socket.on('close', () => other.destroy());
    other.on('close', () => socket.destroy());
    socket.pipe(other).pipe(socket);
  }
}

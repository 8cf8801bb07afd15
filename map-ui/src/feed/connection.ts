import { readable } from '../api/readable';
import type { ConsoleMessage, FeedMessage } from '../api/types';
import { backoffMillis } from './backoff';

export const PROTOCOL_VERSION = 1;
const PING_MILLIS = 5_000;
// A link that has said nothing for two pings and a half is dead, whatever the socket thinks.
const SILENCE_MILLIS = 12_500;

export type Link =
  { stage: 'connecting' } | { stage: 'live' } | { stage: 'lost'; since: number; attempt: number; nextAt: number };

export interface Listener {
  subscription: () => ConsoleMessage;
  onMessage: (message: FeedMessage, sentAt: number | null) => void;
  onFrame: (buffer: ArrayBuffer) => void;
  onLink: (link: Link) => void;
}

export class Connection {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private lostSince = 0;
  private heardAt = 0;
  private stopped = false;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly watch: ReturnType<typeof setInterval>;

  constructor(
    private readonly url: string,
    private readonly listener: Listener,
  ) {
    this.watch = setInterval(() => this.ping(), PING_MILLIS);
    listener.onLink({ stage: 'connecting' });
    this.open();
  }

  // Leaves the link and comes back at once, telling the server what was seen.
  resume(): void {
    this.socket?.close();
  }

  // The network may be back: do not sit out the rest of a long wait.
  retryNow(): void {
    if (this.stopped || this.socket) return;
    clearTimeout(this.retryTimer);
    this.open();
  }

  stop(): void {
    this.stopped = true;
    clearInterval(this.watch);
    clearTimeout(this.retryTimer);
    this.socket?.close();
  }

  private open(): void {
    const socket = new WebSocket(this.url);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    this.heardAt = Date.now();
    socket.onopen = () => this.send(this.listener.subscription());
    socket.onmessage = ({ data }) => this.hear(data as string | ArrayBuffer);
    socket.onclose = () => {
      if (this.socket === socket) this.lose();
    };
  }

  private hear(data: string | ArrayBuffer): void {
    this.heardAt = Date.now();
    if (typeof data !== 'string') {
      this.listener.onFrame(data);
      return;
    }
    const message = JSON.parse(readable(data)) as FeedMessage;
    this.listener.onMessage(message, message.type === 'pong' ? message.clock : null);
    if (message.type === 'snapshot' || message.type === 'caught_up') {
      this.attempt = 0;
      this.lostSince = 0;
      this.listener.onLink({ stage: 'live' });
    }
  }

  private lose(): void {
    this.socket = null;
    if (this.stopped) return;
    if (this.lostSince === 0) this.lostSince = Date.now();
    const wait = backoffMillis(this.attempt, Math.random());
    this.attempt += 1;
    this.listener.onLink({ stage: 'lost', since: this.lostSince, attempt: this.attempt, nextAt: Date.now() + wait });
    this.retryTimer = setTimeout(() => this.open(), wait);
  }

  private ping(): void {
    if (!this.socket) return;
    if (Date.now() - this.heardAt > SILENCE_MILLIS) {
      const dead = this.socket;
      this.lose();
      dead.close();
    } else {
      this.send({ type: 'ping', clock: Date.now() });
    }
  }

  private send(message: ConsoleMessage): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }
}

import type { FeedMessage } from '../api/types';
import { clock } from '../time/clock.svelte';
import { Connection, PROTOCOL_VERSION, type Link } from './connection';
import { Fleet } from './fleet';
import { decodeFrame } from './frame';
import { nothingYet, reduce, seenVersions, type FeedState } from './state';

// The live feed of this console: the reducer's state, the link it comes over, and where vehicles are.
class Picture {
  state = $state.raw<FeedState>(nothingYet);
  link = $state.raw<Link>({ stage: 'connecting' });
  closing = $state.raw<{ code: string; message: string } | null>(null);
  readonly fleet = new Fleet();
  private connection: Connection | null = null;
  private onMoves = new Set<() => void>();

  start(): void {
    this.stop();
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.connection = new Connection(`${scheme}://${location.host}/ws/console`, {
      subscription: () => this.subscription(),
      onMessage: (message, sentAt) => this.take(message, sentAt),
      onFrame: (buffer) => this.takeFrame(buffer),
      onLink: (link) => (this.link = link),
    });
    addEventListener('online', this.retryNow);
  }

  stop(): void {
    removeEventListener('online', this.retryNow);
    this.connection?.stop();
    this.connection = null;
    this.state = nothingYet;
    this.link = { stage: 'connecting' };
    this.fleet.forget();
  }

  // Calls back after every frame of positions; returns how to stop that.
  watchMoves(listener: () => void): () => void {
    this.onMoves.add(listener);
    return () => this.onMoves.delete(listener);
  }

  private readonly retryNow = (): void => this.connection?.retryNow();

  private subscription() {
    const { epoch } = this.state;
    return epoch === null
      ? ({ type: 'subscribe', protocol: PROTOCOL_VERSION } as const)
      : ({ type: 'subscribe', protocol: PROTOCOL_VERSION, epoch, seen: seenVersions(this.state) } as const);
  }

  private take(message: FeedMessage, sentAt: number | null): void {
    if ('server_time' in message) clock.heardServer(message.server_time, sentAt);
    if (message.type === 'closing') this.closing = { code: message.code, message: message.message };
    const { state, missed } = reduce(this.state, message);
    if (missed) {
      this.state = state;
      this.connection?.resume();
      return;
    }
    if (state === this.state) return;
    this.state = state;
    if (message.type === 'snapshot') this.fleet.forget();
    if (message.type === 'snapshot' || message.type === 'changes') {
      for (const vehicle of message.vehicles ?? []) this.fleet.takeVehicle(vehicle);
      this.tellMoves();
    }
  }

  private takeFrame(buffer: ArrayBuffer): void {
    const frame = decodeFrame(buffer);
    if (!frame) return;
    this.fleet.takeFrame(frame);
    this.tellMoves();
  }

  private tellMoves(): void {
    for (const listener of this.onMoves) listener();
  }
}

export const feed = new Picture();

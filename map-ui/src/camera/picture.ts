import { readable } from '../api/readable';
import type { Schemas } from '../api/types';

export type PictureNews = Schemas['PictureNews'];
// Why nothing is shown: as the server says it, or because the browser cannot, or the line to the server broke.
export type NoPicture = Schemas['PictureEnd'] | 'browser_cannot' | 'line_lost';
export type Stage = { stage: 'waiting' } | { stage: 'live'; newest: number } | { stage: 'ended'; reason: NoPicture };

// The first byte of a frame, as the wire has it.
export const START = 0;
export const KEY = 1;
// Seconds kept behind what is shown, and seconds by which it may lag before it is taken to the newest.
const KEPT_SECONDS = 10;
const MOST_LAG_SECONDS = 1.5;
const LAG_SECONDS = 0.3;
// Frames that wait for the decoder; more than that, and it begins anew at the next that needs no earlier one.
const MOST_WAITING = 64;

export const addressOf = (vehicle: string, channel: number): string =>
  `${location.origin.replace(/^http/, 'ws')}/ws/picture?vehicle=${encodeURIComponent(vehicle)}&channel=${channel}`;

// What waits for the decoder once another frame has come; nothing is decoded that needs a frame which was left out.
export function waitingWith(waiting: ArrayBuffer[], frame: ArrayBuffer): ArrayBuffer[] {
  const kind = new Uint8Array(frame, 0, 1)[0];
  if (kind === START) return [frame];
  if (waiting.length < MOST_WAITING) return [...waiting, frame];
  const start = waiting.filter((it) => new Uint8Array(it, 0, 1)[0] === START);
  return kind === KEY ? [...start, frame] : start;
}

// A vehicle's picture, live, on a video element: until it ends by itself or `stop` is called.
export class Picture {
  private readonly socket: WebSocket;
  private waiting: ArrayBuffer[] = [];
  private buffer: SourceBuffer | null = null;
  private address = '';
  private isOver = false;

  constructor(
    url: string,
    private readonly video: HTMLVideoElement,
    private readonly onStage: (stage: Stage) => void,
  ) {
    onStage({ stage: 'waiting' });
    this.socket = new WebSocket(url);
    this.socket.binaryType = 'arraybuffer';
    this.socket.onmessage = ({ data }) => this.hear(data as string | ArrayBuffer);
    this.socket.onclose = () => this.end('line_lost');
  }

  stop(): void {
    this.isOver = true;
    this.socket.close();
    this.letGo();
  }

  private hear(data: string | ArrayBuffer): void {
    if (this.isOver) return;
    if (typeof data !== 'string') {
      this.waiting = waitingWith(this.waiting, data);
      this.append();
      if (new Uint8Array(data, 0, 1)[0] !== START) this.onStage({ stage: 'live', newest: Date.now() });
      return;
    }
    const news = JSON.parse(readable(data)) as PictureNews;
    if (news.type === 'begins') this.begin(news.codec);
    else if (news.type === 'ended') this.end(news.reason);
    else this.onStage({ stage: 'waiting' });
  }

  private begin(codec: string): void {
    const kind = `video/mp4; codecs="${codec}"`;
    if (typeof MediaSource === 'undefined' || !MediaSource.isTypeSupported(kind)) {
      this.end('browser_cannot');
      return;
    }
    this.letGo();
    const source = new MediaSource();
    this.address = URL.createObjectURL(source);
    source.onsourceopen = () => {
      if (this.isOver || source.readyState !== 'open') return;
      this.buffer = source.addSourceBuffer(kind);
      this.buffer.onupdateend = () => this.append();
      this.buffer.onerror = () => this.end('browser_cannot');
      this.append();
    };
    this.video.src = this.address;
    // Muted, it may play by itself; where it may not, the element shows the newest frame all the same.
    void this.video.play().catch(() => undefined);
  }

  private append(): void {
    const { buffer } = this;
    if (!buffer || buffer.updating) return;
    this.keepUp(buffer);
    if (buffer.updating) return;
    const [next, ...rest] = this.waiting;
    if (!next) return;
    this.waiting = rest;
    try {
      buffer.appendBuffer(new Uint8Array(next, 1));
    } catch {
      this.end('browser_cannot');
    }
  }

  // What is shown stays at the newest, and what was shown is forgotten.
  private keepUp(buffer: SourceBuffer): void {
    const { buffered } = buffer;
    if (buffered.length === 0) return;
    const newest = buffered.end(buffered.length - 1);
    if (newest - this.video.currentTime > MOST_LAG_SECONDS || this.video.currentTime < buffered.start(0))
      this.video.currentTime = Math.max(buffered.start(buffered.length - 1), newest - LAG_SECONDS);
    const oldest = buffered.start(0);
    const keepFrom = this.video.currentTime - KEPT_SECONDS;
    if (keepFrom > oldest + KEPT_SECONDS) buffer.remove(oldest, keepFrom);
  }

  private end(reason: NoPicture): void {
    if (this.isOver) return;
    this.isOver = true;
    this.socket.close();
    this.onStage({ stage: 'ended', reason });
  }

  private letGo(): void {
    this.buffer = null;
    this.waiting = [];
    if (this.address !== '') URL.revokeObjectURL(this.address);
    this.address = '';
    this.video.removeAttribute('src');
  }
}

import { describe, expect, it } from 'vitest';
import { waitingWith } from '../src/camera/picture';

const frame = (kind: number, n = 0): ArrayBuffer => new Uint8Array([kind, n]).buffer;
const kinds = (frames: ArrayBuffer[]): number[] => frames.map((it) => new Uint8Array(it)[0] ?? -1);

describe('frames that wait for the decoder', () => {
  it('begin anew with a new start', () => {
    const waiting = [frame(0), frame(1), frame(2)];
    expect(kinds(waitingWith(waiting, frame(0)))).toEqual([0]);
    expect(kinds(waitingWith(waiting, frame(2)))).toEqual([0, 1, 2, 2]);
  });

  it('are left out up to one that needs no earlier one, once they are too many', () => {
    let waiting: ArrayBuffer[] = [frame(0), frame(1)];
    for (let n = 0; n < 62; n += 1) waiting = waitingWith(waiting, frame(2, n));
    expect(waiting).toHaveLength(64);
    const left = waitingWith(waiting, frame(2));
    expect(kinds(left)).toEqual([0]);
    expect(kinds(waitingWith(waiting, frame(1)))).toEqual([0, 1]);
  });
});

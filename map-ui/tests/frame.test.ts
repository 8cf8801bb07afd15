import { describe, expect, it } from 'vitest';
import { Fleet } from '../src/feed/fleet';
import { decodeFrame } from '../src/feed/frame';
import { NOON, vehicle } from './examples';

interface Written {
  slot: number;
  quality?: number;
  lon: number;
  lat: number;
  turn?: number;
  speed?: number;
  tenths?: number;
}

function frame(tickTime: number, records: Written[]): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(16 + 16 * records.length));
  [0x48, 0x50, 1, 0].forEach((byte, at) => view.setUint8(at, byte));
  view.setUint32(4, records.length, true);
  view.setBigInt64(8, BigInt(tickTime), true);
  records.forEach(({ slot, quality = 0, lon, lat, turn = 0, speed = 255, tenths = 0 }, index) => {
    const at = 16 + 16 * index;
    view.setUint32(at, (slot | (quality << 24)) >>> 0, true);
    view.setInt32(at + 4, Math.round(lon * 1e7), true);
    view.setInt32(at + 8, Math.round(lat * 1e7), true);
    view.setUint8(at + 12, turn);
    view.setUint8(at + 13, speed);
    view.setUint16(at + 14, tenths, true);
  });
  return view.buffer;
}

describe('a frame of positions', () => {
  it('is read into columns', () => {
    const read = decodeFrame(
      frame(NOON, [{ slot: 70_000, quality: 3, lon: 106.2781234, lat: -38.5, turn: 64, speed: 41, tenths: 25 }]),
    );
    expect(read?.tickTime).toBe(NOON);
    expect([read?.slot[0], read?.quality[0], read?.headingDeg[0], read?.speedMps[0], read?.ageMillis[0]]).toEqual([
      70_000, 3, 90, 20.5, 2500,
    ]);
    expect(read?.lon[0]).toBeCloseTo(106.2781234, 7);
    expect(read?.lat[0]).toBeCloseTo(-38.5, 7);
  });

  it('tells an unknown speed from none', () => {
    const read = decodeFrame(
      frame(NOON, [
        { slot: 1, lon: 106, lat: 38 },
        { slot: 2, lon: 106, lat: 38, speed: 0 },
      ]),
    );
    expect(read?.speedMps[0]).toBeNaN();
    expect(read?.speedMps[1]).toBe(0);
  });

  it('is refused when it is cut, unmarked, of another format, or of an unknown quality', () => {
    const whole = frame(NOON, [{ slot: 1, lon: 106, lat: 38 }]);
    const bent = (at: number, byte: number) => {
      const bytes = new Uint8Array(whole.slice(0));
      bytes[at] = byte;
      return bytes.buffer;
    };
    expect(decodeFrame(whole)).not.toBeNull();
    for (const broken of [
      whole.slice(0, 15),
      whole.slice(0, 31),
      new ArrayBuffer(0),
      bent(0, 0),
      bent(2, 9),
      bent(19, 4),
      bent(4, 2),
    ])
      expect(decodeFrame(broken)).toBeNull();
  });
});

describe('the fleet', () => {
  it('tells the age of a fix by its own time, not by when it came', () => {
    const fleet = new Fleet();
    fleet.takeFrame(decodeFrame(frame(NOON, [{ slot: 3, lon: 106, lat: 38, tenths: 120 }]))!);
    expect(fleet.ageSeconds(3, NOON + 5_000)).toBe(17);
    expect(fleet.ageSeconds(4, NOON)).toBeNull();
  });

  it('tells no age of a fix that lies further ahead than clocks may differ', () => {
    const fleet = new Fleet();
    const fix = (fix_time: number) =>
      vehicle('YC-01-1', { slot: 3, fix: { position: { lon: 106, lat: 38 }, fix_time, quality: 'fresh' } });
    fleet.takeVehicle(fix(NOON + 10_000));
    expect(fleet.ageSeconds(3, NOON)).toBe(0);
    fleet.takeVehicle(fix(NOON + 29_000));
    expect(fleet.ageSeconds(3, NOON)).toBeNull();
    expect(fleet.ageSeconds(3, NOON + 19_000)).toBe(0);
  });

  it('is not moved back by a view that is older than the frame before it', () => {
    const fleet = new Fleet();
    const fix = (lon: number, fix_time: number) =>
      vehicle('YC-01-1', { slot: 3, fix: { position: { lon, lat: 38 }, fix_time, quality: 'fresh' } });
    fleet.takeFrame(decodeFrame(frame(NOON, [{ slot: 3, lon: 106, lat: 38 }]))!);
    fleet.takeVehicle(fix(105, NOON - 1));
    expect(fleet.lon[3]).toBe(106);
    fleet.takeVehicle(fix(107, NOON + 1));
    expect(fleet.lon[3]).toBe(107);
  });

  it('is not moved back by a frame of a server that lags behind the one before', () => {
    const fleet = new Fleet();
    fleet.takeFrame(decodeFrame(frame(NOON, [{ slot: 3, lon: 106, lat: 38, tenths: 10 }]))!);
    fleet.takeFrame(decodeFrame(frame(NOON + 1_000, [{ slot: 3, lon: 105, lat: 38, tenths: 87 }]))!);
    expect(fleet.lon[3]).toBe(106);
    expect(fleet.ageSeconds(3, NOON)).toBe(1);
    fleet.takeFrame(decodeFrame(frame(NOON + 2_000, [{ slot: 3, lon: 107, lat: 38, tenths: 5 }]))!);
    expect(fleet.lon[3]).toBe(107);
  });

  it('keeps who it has when it grows', () => {
    const fleet = new Fleet();
    fleet.takeFrame(
      decodeFrame(
        frame(NOON, [
          { slot: 0, lon: 106, lat: 38 },
          { slot: 9_999, lon: 107, lat: 39 },
        ]),
      )!,
    );
    expect([fleet.lon[0], fleet.lon[9_999]]).toEqual([106, 107]);
    expect(fleet.has(0) && fleet.has(9_999)).toBe(true);
  });
});

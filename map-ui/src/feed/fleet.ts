import type { Position, Vehicle } from '../api/types';
import { QUALITIES, type Frame } from './frame';

// A frame gives the age of a fix in tenths of a second.
const AGE_STEP_MILLIS = 100;

// How far a terminal's clock may be ahead. How old a fix is that lies later still cannot be known: a clock is wrong.
const AHEAD_MILLIS = 10_000;

// Where every vehicle is, by slot, in columns: ten thousand change every second, which objects would not bear.
export class Fleet {
  capacity = 0;
  lon = new Float64Array(0);
  lat = new Float64Array(0);
  headingDeg = new Float32Array(0);
  speedMps = new Float32Array(0);
  // Milliseconds since 1970 by the server's clock; 0 when the vehicle has no fix.
  fixTime = new Float64Array(0);
  quality = new Uint8Array(0);

  has(slot: number): boolean {
    return slot < this.capacity && this.fixTime[slot] !== 0;
  }

  forget(): void {
    this.fixTime.fill(0);
  }

  takeFrame(frame: Frame): void {
    for (let index = 0; index < frame.count; index += 1) {
      const slot = frame.slot[index] ?? 0;
      const fixTime = frame.tickTime - (frame.ageMillis[index] ?? 0);
      // Another server may lag behind the one before; an older fix never moves a vehicle back.
      if (this.has(slot) && fixTime < (this.fixTime[slot] ?? 0) - AGE_STEP_MILLIS) continue;
      this.reserve(slot);
      this.lon[slot] = frame.lon[index] ?? 0;
      this.lat[slot] = frame.lat[index] ?? 0;
      this.headingDeg[slot] = frame.headingDeg[index] ?? NaN;
      this.speedMps[slot] = frame.speedMps[index] ?? NaN;
      this.fixTime[slot] = fixTime;
      this.quality[slot] = frame.quality[index] ?? 0;
    }
  }

  // A view may be older than the frames that overtook it; an older fix never moves a vehicle back.
  takeVehicle({ slot, fix }: Vehicle): void {
    if (!fix || (this.has(slot) && (this.fixTime[slot] ?? 0) >= fix.fix_time)) return;
    this.reserve(slot);
    this.lon[slot] = fix.position.lon;
    this.lat[slot] = fix.position.lat;
    this.headingDeg[slot] = fix.heading_deg ?? NaN;
    this.speedMps[slot] = fix.speed_mps ?? NaN;
    this.fixTime[slot] = fix.fix_time;
    this.quality[slot] = Math.max(0, QUALITIES.indexOf(fix.quality));
  }

  // Where a vehicle that has a fix was last measured.
  position(slot: number): Position {
    return { lon: this.lon[slot] ?? 0, lat: this.lat[slot] ?? 0 };
  }

  // Nothing for a vehicle without a fix, and for a fix whose age cannot be known.
  ageSeconds(slot: number, now: number): number | null {
    const ageMillis = now - (this.fixTime[slot] ?? 0);
    return this.has(slot) && ageMillis >= -AHEAD_MILLIS ? Math.max(0, Math.floor(ageMillis / 1000)) : null;
  }

  private reserve(slot: number): void {
    if (slot < this.capacity) return;
    this.capacity = Math.max(256, 2 ** Math.ceil(Math.log2(slot + 1)));
    this.lon = grown(this.lon, new Float64Array(this.capacity));
    this.lat = grown(this.lat, new Float64Array(this.capacity));
    this.headingDeg = grown(this.headingDeg, new Float32Array(this.capacity));
    this.speedMps = grown(this.speedMps, new Float32Array(this.capacity));
    this.fixTime = grown(this.fixTime, new Float64Array(this.capacity));
    this.quality = grown(this.quality, new Uint8Array(this.capacity));
  }
}

function grown<Column extends { set(from: ArrayLike<number>): void }>(old: ArrayLike<number>, column: Column): Column {
  column.set(old);
  return column;
}

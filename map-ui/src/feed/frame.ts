// The binary position frame of wire-protocol/src/positions.rs: a header of 16 bytes, then 16 bytes a vehicle.
export const HEADER_BYTES = 16;
export const RECORD_BYTES = 16;
const FORMAT = 1;
const SPEED_UNKNOWN = 255;
const MAX_SLOT = (1 << 24) - 1;

export const QUALITIES = ['fresh', 'late', 'suspect', 'frozen'] as const;

export interface Frame {
  tickTime: number;
  count: number;
  slot: Uint32Array;
  quality: Uint8Array;
  lon: Float64Array;
  lat: Float64Array;
  headingDeg: Float32Array;
  // Metres a second, NaN when unknown.
  speedMps: Float32Array;
  ageMillis: Uint32Array;
}

export function decodeFrame(buffer: ArrayBuffer): Frame | null {
  const view = new DataView(buffer);
  if (buffer.byteLength < HEADER_BYTES || view.getUint16(0) !== 0x4850 || view.getUint8(2) !== FORMAT) return null;
  const count = view.getUint32(4, true);
  if (buffer.byteLength !== HEADER_BYTES + count * RECORD_BYTES) return null;
  const frame = emptyFrame(Number(view.getBigInt64(8, true)), count);
  for (let index = 0; index < count; index += 1) {
    if (!readRecord(view, HEADER_BYTES + index * RECORD_BYTES, frame, index)) return null;
  }
  return frame;
}

function emptyFrame(tickTime: number, count: number): Frame {
  return {
    tickTime,
    count,
    slot: new Uint32Array(count),
    quality: new Uint8Array(count),
    lon: new Float64Array(count),
    lat: new Float64Array(count),
    headingDeg: new Float32Array(count),
    speedMps: new Float32Array(count),
    ageMillis: new Uint32Array(count),
  };
}

function readRecord(view: DataView, at: number, frame: Frame, index: number): boolean {
  const head = view.getUint32(at, true);
  const quality = head >>> 24;
  if (quality >= QUALITIES.length) return false;
  const speed = view.getUint8(at + 13);
  frame.slot[index] = head & MAX_SLOT;
  frame.quality[index] = quality;
  frame.lon[index] = view.getInt32(at + 4, true) / 1e7;
  frame.lat[index] = view.getInt32(at + 8, true) / 1e7;
  frame.headingDeg[index] = (view.getUint8(at + 12) * 360) / 256;
  frame.speedMps[index] = speed === SPEED_UNKNOWN ? NaN : speed / 2;
  frame.ageMillis[index] = view.getUint16(at + 14, true) * 100;
  return true;
}

import type { Position } from '../api/types';
import { fromGcj } from './gcj';

// Maps of Baidu issue BD-09: GCJ-02 turned and moved once more, by the published formula.
const TURN = (Math.PI * 3000) / 180;
const EAST = 0.0065;
const NORTH = 0.006;

export function gcjToBd({ lon, lat }: Position): Position {
  const far = Math.hypot(lon, lat) + 0.00002 * Math.sin(lat * TURN);
  const angle = Math.atan2(lat, lon) + 0.000003 * Math.cos(lon * TURN);
  return { lon: far * Math.cos(angle) + EAST, lat: far * Math.sin(angle) + NORTH };
}

export function bdToGcj(at: Position): Position {
  // What is still missing after each round is put on; it settles within a millimetre in four.
  let guess = { lon: at.lon - EAST, lat: at.lat - NORTH };
  for (let round = 0; round < 4; round += 1) {
    const { lon, lat } = gcjToBd(guess);
    guess = { lon: guess.lon + at.lon - lon, lat: guess.lat + at.lat - lat };
  }
  return guess;
}

export const fromBd = (at: Position): Position => fromGcj(bdToGcj(at));

import type { Position } from '../api/types';

// A first candidate that moved so far arrives at another time than the list says: half a minute at a city's pace.
const MOVED_METRES = 300;
// Rankings are dear: while vehicles drive, no more than one in this time.
export const RENEW_EVERY_MILLIS = 5_000;
const METRES_PER_DEGREE = 111_320;

export function hasMoved(from: Position | null, to: Position | null): boolean {
  if (!from || !to) return false;
  const east = (to.lon - from.lon) * Math.cos((to.lat * Math.PI) / 180);
  return METRES_PER_DEGREE * Math.hypot(east, to.lat - from.lat) >= MOVED_METRES;
}

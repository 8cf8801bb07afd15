import type { Position } from '../api/types';
import { metresBetween } from '../map/geometry';

// A first candidate that moved so far arrives at another time than the list says: half a minute at a city's pace.
const MOVED_METRES = 300;
// Rankings are dear: while vehicles drive, no more than one in this time.
export const RENEW_EVERY_MILLIS = 5_000;

export const hasMoved = (from: Position | null, to: Position | null): boolean =>
  from !== null && to !== null && metresBetween(from, to) >= MOVED_METRES;

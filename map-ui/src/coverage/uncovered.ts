import type { Vehicle } from '../api/types';
import { groupOf } from '../map/states';
import type { Coverage } from './levels';

export interface Uncovered {
  station: string;
  // Milliseconds since 1970-01-01T00:00:00Z.
  since: number;
}

// Two things that a dispatcher does different things about: nobody is there, so a vehicle may be sent to wait; or vehicles
// stand there and most of the ground is too far from them, which no move mends.
export interface WhyUncovered {
  nobodyNear: Uncovered[];
  groundTooFar: Uncovered[];
}

// Stations whose ground is uncovered, the longest first.
export function whyUncovered(views: readonly Coverage[], vehicles: Iterable<Vehicle>): WhyUncovered {
  const manned = new Set([...vehicles].flatMap(standsAt));
  const found: WhyUncovered = { nobodyNear: [], groundTooFar: [] };
  for (const { station, uncovered_since: since } of views.flatMap(({ stations }) => stations))
    if (since != null) found[manned.has(station) ? 'groundTooFar' : 'nobodyNear'].push({ station, since });
  for (const list of Object.values(found)) list.sort((a: Uncovered, b: Uncovered) => a.since - b.since);
  return found;
}

// Where a free vehicle waits: at its own station, or at the one it was sent to once it is there.
function standsAt({ state, station, move_to: to }: Vehicle): string[] {
  if (groupOf(state) !== 'at_station') return [];
  return to == null ? [station] : to.reached_at == null ? [] : [to.station];
}

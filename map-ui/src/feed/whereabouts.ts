import type { Position, Region, Vehicle } from '../api/types';
import { groupOf, type StateGroup } from '../map/states';
import type { Fleet } from './fleet';

// As the server's rankings and routes believe it, so that what is drawn is what is reckoned with.
export type PositionSource = 'fix' | 'station' | 'last_known' | 'unknown';

export interface Whereabouts {
  position: Position | null;
  source: PositionSource;
  // Of the newest fix, used or not.
  ageSeconds: number | null;
}

// Used when the region states none: five minutes at a station, where terminals report seldom; half an hour on the road.
const USUAL = { position_fresh_at_station: 300, position_unknown_after: 1800 };

export class Places {
  private readonly stations: ReadonlyMap<string, Position>;
  private readonly norms: Record<string, number>;

  constructor(region: Pick<Region, 'stations' | 'norms_seconds'> | null | undefined) {
    this.stations = new Map((region?.stations ?? []).map(({ id, position }) => [id, position]));
    this.norms = { ...USUAL, ...(region?.norms_seconds ?? {}) };
  }

  whereabouts(vehicle: Vehicle, fleet: Fleet, now: number): Whereabouts {
    const ageSeconds = fleet.ageSeconds(vehicle.slot, now);
    const station = standsAtStation(vehicle) ? this.stations.get(vehicle.station) : undefined;
    const limit = this.norms[station ? 'position_fresh_at_station' : 'position_unknown_after'] ?? 0;
    const isBelieved = ageSeconds !== null && ageSeconds <= limit;
    if (isBelieved || (!station && fleet.has(vehicle.slot))) {
      return { position: fleet.position(vehicle.slot), source: isBelieved ? 'fix' : 'last_known', ageSeconds };
    }
    return station
      ? { position: station, source: 'station', ageSeconds }
      : { position: null, source: 'unknown', ageSeconds };
  }
}

// A vehicle off duty stands there too. One that is paused may have paused anywhere.
const AT_STATION: Record<StateGroup, boolean> = {
  on_task: false,
  at_hospital: false,
  on_road: false,
  at_station: true,
  off_duty: true,
  paused: false,
};

export const standsAtStation = ({ state }: Pick<Vehicle, 'state'>): boolean => AT_STATION[groupOf(state)];

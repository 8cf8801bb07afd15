import type { Centre, Station, Vehicle } from '../api/types';
import { isFree } from '../map/states';

export interface Group {
  centre: string;
  station: Station | null;
  id: string;
  vehicles: Vehicle[];
  free: number;
}

export function matches(vehicle: Vehicle, wanted: string, stateInWords: string): boolean {
  const text = wanted.trim().toLowerCase();
  if (text === '') return true;
  return [vehicle.id, vehicle.call_sign, vehicle.plate, stateInWords].some((it) => it.toLowerCase().includes(text));
}

// By centre as the region lists them, then by station; what is lent stands with the centre it works for.
export function byStation(
  vehicles: readonly Vehicle[],
  centres: readonly Centre[],
  stations: readonly Station[],
): Group[] {
  const known = new Map(stations.map((station) => [station.id, station]));
  const groups = new Map<string, Group>();
  for (const vehicle of vehicles) {
    const id = `${vehicle.centre} ${vehicle.station}`;
    const group = groups.get(id) ?? {
      centre: vehicle.centre,
      station: known.get(vehicle.station) ?? null,
      id,
      vehicles: [],
      free: 0,
    };
    group.vehicles.push(vehicle);
    // Without a link nobody knows that it would hear an order.
    group.free += isFree(vehicle.state) && vehicle.online ? 1 : 0;
    groups.set(id, group);
  }
  const order = new Map(centres.map(({ id }, index) => [id, index]));
  for (const group of groups.values()) group.vehicles.sort((a, b) => (a.id < b.id ? -1 : 1));
  return [...groups.values()].sort(
    (a, b) => (order.get(a.centre) ?? 99) - (order.get(b.centre) ?? 99) || (a.id < b.id ? -1 : 1),
  );
}

import type { Vehicle } from '../api/types';
import { VEHICLE_STATES } from '../api/types';
import type { Fleet } from '../feed/fleet';
import { standsAtStation, type Whereabouts } from '../feed/whereabouts';
import { mercatorX, mercatorY } from './mercator';
import { groupOf, OLD_AFTER_SECONDS, type StateGroup } from './states';

// One row a vehicle for the graphics card, in floats: from x, y; to x, y; heading in degrees (negative: none);
// state; flags; pixels aside x, y.
export const FLOATS = 9;
export const FLAG_OLD = 1;
export const FLAG_OFFLINE = 2;
export const FLAG_SOS = 4;
export const FLAG_SELECTED = 8;
export const FLAG_PARKED = 16;

// Slower than a walk the course over ground is noise, and an arrow would lie.
const HEADING_FROM_MPS = 1;
// A longer jump than this in one tick is a correction, not a drive: draw it as one.
const JUMP = 5e-5;

export interface Drawn {
  rows: Float32Array;
  vehicles: Vehicle[];
  old: number;
}

export interface Scene {
  vehicles: readonly Vehicle[];
  fleet: Fleet;
  // Where each vehicle is believed to be.
  whereIs: (vehicle: Vehicle) => Whereabouts;
  selected: string | null;
  // Where each slot is on the screen at this moment, so that it goes on from there; x and y by slot.
  shown: Float32Array;
  // The point that rows count from: single floats only carry a region, not the world.
  origin: readonly [number, number];
}

// Free vehicles lie below busy ones, and who calls for help lies on top.
export function markers(scene: Scene): Drawn {
  const placed = scene.vehicles
    .map((vehicle) => ({ vehicle, at: scene.whereIs(vehicle) }))
    .filter(({ at }) => at.position !== null)
    .sort((a, b) => layer(a.vehicle) - layer(b.vehicle));
  const vehicles = placed.map(({ vehicle }) => vehicle);
  const rows = new Float32Array(vehicles.length * FLOATS);
  const parked = new Map<string, number>();
  let old = 0;
  placed.forEach(({ vehicle, at }, index) => {
    if (writeRow(rows, index * FLOATS, vehicle, at, scene, parked)) old += 1;
  });
  return { rows, vehicles, old };
}

// Drawn over each other from below: what matters more lies above.
const LAYER: Record<StateGroup, number> = {
  off_duty: 0,
  on_road: 1,
  at_station: 1,
  paused: 1,
  on_task: 2,
  at_hospital: 2,
};

const layer = ({ state, sos_since, report }: Vehicle): number => (sos_since || report ? 3 : LAYER[groupOf(state)]);

function writeRow(
  rows: Float32Array,
  at: number,
  vehicle: Vehicle,
  { position, source, ageSeconds }: Whereabouts,
  { fleet, selected, shown, origin }: Scene,
  parked: Map<string, number>,
): boolean {
  const { slot, state } = vehicle;
  const x = mercatorX(position?.lon ?? 0) - origin[0];
  const y = mercatorY(position?.lat ?? 0) - origin[1];
  const fromX = shown[2 * slot] || x;
  const fromY = shown[2 * slot + 1] || y;
  const jumps = Math.hypot(fromX - x, fromY - y) > JUMP;
  const isOld = ageSeconds === null || ageSeconds > OLD_AFTER_SECONDS;
  const speed = source === 'fix' ? (fleet.speedMps[slot] ?? NaN) : NaN;
  rows[at] = jumps ? x : fromX;
  rows[at + 1] = jumps ? y : fromY;
  rows[at + 2] = x;
  rows[at + 3] = y;
  rows[at + 4] = speed >= HEADING_FROM_MPS ? (fleet.headingDeg[slot] ?? -1) : -1;
  rows[at + 5] = VEHICLE_STATES.indexOf(state);
  rows[at + 6] =
    (isOld ? FLAG_OLD : 0) |
    (vehicle.online ? 0 : FLAG_OFFLINE) |
    (vehicle.sos_since || vehicle.report ? FLAG_SOS : 0) |
    (vehicle.id === selected ? FLAG_SELECTED : 0) |
    (standsAtStation(vehicle) ? FLAG_PARKED : 0);
  if (standsAtStation(vehicle)) {
    const place = parked.get(vehicle.station) ?? 0;
    parked.set(vehicle.station, place + 1);
    rows[at + 7] = (place % 4) - 1.5;
    rows[at + 8] = 1 + Math.floor(place / 4);
  }
  return isOld;
}

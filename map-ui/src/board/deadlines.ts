import type { Deadline, Vehicle } from '../api/types';
import { feed } from '../feed/feed.svelte';
import { OLD_AFTER_SECONDS } from '../map/states';
import { session } from '../session/session.svelte';
import { clock } from '../time/clock.svelte';
import { vehicleDeadlines } from '../time/timers';

export function deadlinesShown(vehicle: Vehicle): Deadline[] {
  const { fleet } = feed;
  const isDated = fleet.ageSeconds(vehicle.slot, clock.now) !== null;
  const fixTime = isDated ? (fleet.fixTime[vehicle.slot] ?? null) : null;
  return vehicleDeadlines(
    vehicle,
    fixTime,
    session.region?.norms_seconds['silent_vehicle'] ?? OLD_AFTER_SECONDS,
    clock.now,
  );
}

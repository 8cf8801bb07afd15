import type { Deadline, Incident, Vehicle } from '../api/types';

export type Level = 'grey' | 'yellow' | 'red';

export interface Timer {
  kind: Deadline['kind'];
  level: Level;
  // Until it is due; negative once it is past.
  secondsLeft: number;
}

const WEIGHT: Record<Level, number> = { grey: 0, yellow: 1, red: 2 };

export function timer(deadline: Deadline, now: number): Timer {
  const level = now >= deadline.due_at ? 'red' : now >= deadline.warn_at ? 'yellow' : 'grey';
  return { kind: deadline.kind, level, secondsLeft: Math.ceil((deadline.due_at - now) / 1000) };
}

// The one to look at: the most pressing colour, and within it the one that is due first.
export function worst(deadlines: readonly Deadline[] | undefined, now: number): Timer | null {
  return (deadlines ?? [])
    .map((deadline) => timer(deadline, now))
    .reduce<Timer | null>((found, next) => (found === null || presses(next, found) ? next : found), null);
}

export function deadlinesOf(incident: Incident): Deadline[] {
  const running = incident.tasks.filter((task) => task.stage === 'running');
  return [...(incident.deadlines ?? []), ...running.flatMap((task) => task.deadlines ?? [])];
}

// The view's own limit for silence dates from its last change; positions come by themselves, so it is judged
// from them. It is told once it is past: a vehicle that reports each second is always a few seconds from it. One
// that never reported is silent since it got its state, for which the view's own limit is right.
export function vehicleDeadlines(
  vehicle: Vehicle,
  fixTime: number | null,
  silentSeconds: number,
  now: number,
): Deadline[] {
  const others = (vehicle.deadlines ?? []).filter(({ kind }) => kind !== 'silent_vehicle');
  if (vehicle.task == null) return others;
  if (fixTime === null) {
    const silent = vehicle.deadlines?.find(({ kind }) => kind === 'silent_vehicle');
    const due_at = silent?.due_at ?? vehicle.state_since + silentSeconds * 1000;
    return now < due_at ? others : [...others, { kind: 'silent_vehicle', warn_at: due_at, due_at }];
  }
  const due_at = fixTime + silentSeconds * 1000;
  return now < due_at ? others : [...others, { kind: 'silent_vehicle', warn_at: due_at, due_at }];
}

export const weight = (found: Timer | null): number => (found === null ? 0 : WEIGHT[found.level]);

function presses(one: Timer, other: Timer): boolean {
  return WEIGHT[one.level] !== WEIGHT[other.level]
    ? WEIGHT[one.level] > WEIGHT[other.level]
    : one.secondsLeft < other.secondsLeft;
}

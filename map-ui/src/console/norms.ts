import type { Incident, Schemas } from '../api/types';
import { isApart } from '../feed/exercise';
import { isOver } from '../feed/state';
import { deadlinesOf, timer } from '../time/timers';

export interface Norm {
  name: Schemas['NormKind'];
  met: number;
  of: number;
  // The incidents behind the misses, so that the number opens to its cases.
  missed: string[];
}

export interface Alarms {
  red: string[];
  yellow: string[];
}

// What a norm is, from when it counts and when it was reached is the server's to say, once for every screen and
// report; here it is only counted. What nobody has reached, or nobody knows when, is neither met nor missed.
export function norms(incidents: Iterable<Incident>): Norm[] {
  const kept: Norm[] = (['order', 'departure', 'response'] as const).map((name) => ({
    name,
    met: 0,
    of: 0,
    missed: [],
  }));
  for (const incident of incidents) {
    for (const { norm, due_at, reached_at, counts } of incident.norms ?? []) {
      const figure = kept.find(({ name }) => name === norm);
      if (!figure || !counts || reached_at == null) continue;
      figure.of += 1;
      if (reached_at <= due_at) figure.met += 1;
      else figure.missed.push(incident.id);
    }
  }
  return kept;
}

// `exercise`: whether the whole installation is for exercises.
export function alarms(incidents: Iterable<Incident>, now: number, exercise: boolean): Alarms {
  const found: Alarms = { red: [], yellow: [] };
  for (const incident of incidents) {
    if (isOver(incident) || isApart(incident, exercise)) continue;
    const levels = deadlinesOf(incident).map((deadline) => timer(deadline, now).level);
    if (levels.includes('red')) found.red.push(incident.id);
    else if (levels.includes('yellow')) found.yellow.push(incident.id);
  }
  return found;
}

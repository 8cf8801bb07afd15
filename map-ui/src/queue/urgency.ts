import type { Incident, Priority } from '../api/types';
import { PRIORITIES } from '../api/types';
import { isOver } from '../feed/state';
import { deadlinesOf, weight, worst } from '../time/timers';

const STAGE_ORDER: Record<Incident['stage'], number> = {
  to_decide: 0,
  waiting: 0,
  not_received: 1,
  running: 2,
  suspended: 3,
  appointment: 4,
  closed: 5,
  cancelled: 5,
  refused: 5,
};

const priorityOrder = (priority: Priority): number => PRIORITIES.indexOf(priority);

// Exercises stand below every patient. Who waits for a vehicle comes first; then by colour of the timer, by priority, and by age.
export function byUrgency(incidents: Iterable<Incident>, now: number): Incident[] {
  return [...incidents]
    .filter((incident) => !isOver(incident))
    .map((incident) => ({ incident, level: weight(worst(deadlinesOf(incident), now)) }))
    .sort(
      (a, b) =>
        Number(a.incident.facts.test) - Number(b.incident.facts.test) ||
        STAGE_ORDER[a.incident.stage] - STAGE_ORDER[b.incident.stage] ||
        b.level - a.level ||
        priorityOrder(a.incident.facts.priority) - priorityOrder(b.incident.facts.priority) ||
        a.incident.opened_at - b.incident.opened_at ||
        (a.incident.id < b.incident.id ? -1 : 1),
    )
    .map(({ incident }) => incident);
}

export function recentlyEnded(incidents: Iterable<Incident>, most: number): Incident[] {
  return [...incidents]
    .filter(isOver)
    .sort((a, b) => (b.ended_at ?? 0) - (a.ended_at ?? 0))
    .slice(0, most);
}

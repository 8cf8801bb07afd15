import type { Incident, Priority } from '../api/types';
import { PRIORITIES } from '../api/types';
import { isApart } from '../feed/exercise';
import { isOver } from '../feed/state';
import { deadlinesOf, weight, worst } from '../time/timers';

// What a person has to decide stands above what runs by itself.
const STAGE_ORDER: Record<Incident['stage'], number> = {
  to_decide: 0,
  waiting: 0,
  not_received: 0,
  running: 1,
  suspended: 2,
  appointment: 3,
  closed: 4,
  cancelled: 4,
  refused: 4,
};

const priorityOrder = (priority: Priority): number => PRIORITIES.indexOf(priority);

/**
 * Exercises stand below every patient. Who waits for a decision comes first: by priority, whatever else is overdue,
 * then by colour and by when it is due. What runs comes by colour before priority: there the colour says where to look.
 */
export function byUrgency(incidents: Iterable<Incident>, now: number): Incident[] {
  return [...incidents]
    .filter((incident) => !isOver(incident))
    .map((incident) => ({ incident, level: weight(worst(deadlinesOf(incident), now)), due: dueAt(incident) }))
    .sort((a, b) => {
      const stage = STAGE_ORDER[a.incident.stage] - STAGE_ORDER[b.incident.stage];
      const priority = priorityOrder(a.incident.facts.priority) - priorityOrder(b.incident.facts.priority);
      const level = b.level - a.level;
      return (
        Number(a.incident.facts.test) - Number(b.incident.facts.test) ||
        stage ||
        (waits(a.incident) ? priority || level : level || priority) ||
        Number(a.incident.stage === 'not_received') - Number(b.incident.stage === 'not_received') ||
        a.due - b.due ||
        a.incident.opened_at - b.incident.opened_at ||
        (a.incident.id < b.incident.id ? -1 : 1)
      );
    })
    .map(({ incident }) => incident);
}

/** Whether somebody at the selection has to decide something for it now. */
export const waits = ({ stage }: Incident): boolean => STAGE_ORDER[stage] === 0;

/**
 * Whether it must not be out of sight without a mark: who waits with priority I, and what is overdue. `exercise`:
 * whether the whole installation is for exercises.
 */
export const presses = (incident: Incident, now: number, exercise: boolean): boolean =>
  !isOver(incident) &&
  !isApart(incident, exercise) &&
  ((waits(incident) && incident.facts.priority === 'critical') || weight(worst(deadlinesOf(incident), now)) === 2);

// When the next thing about it is due; what has no deadline comes last.
const dueAt = (incident: Incident): number =>
  Math.min(...deadlinesOf(incident).map(({ due_at }) => due_at), Number.MAX_SAFE_INTEGER);

export function recentlyEnded(incidents: Iterable<Incident>, most: number): Incident[] {
  return [...incidents]
    .filter(isOver)
    .sort((a, b) => (b.ended_at ?? 0) - (a.ended_at ?? 0))
    .slice(0, most);
}

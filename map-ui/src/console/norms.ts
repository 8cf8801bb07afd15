import type { Incident, Milestone, Task } from '../api/types';
import { isOver } from '../feed/state';
import { happenedAt } from '../tasks/stamp';
import { deadlinesOf, timer } from '../time/timers';

export interface Norm {
  name: 'order' | 'departure' | 'response';
  met: number;
  of: number;
  // The incidents behind the misses, so that the number opens to its cases.
  missed: string[];
}

export interface Alarms {
  red: string[];
  yellow: string[];
}

const MINUTE = 60_000;
// Used when the region states none: one minute, three minutes. The response norm comes with each incident.
const USUAL = { order: 60, departure: 180 };

export function norms(incidents: Iterable<Incident>, settings: Record<string, number>): Norm[] {
  const within = { ...USUAL, ...settings };
  const order: Norm = { name: 'order', met: 0, of: 0, missed: [] };
  const departure: Norm = { name: 'departure', met: 0, of: 0, missed: [] };
  const response: Norm = { name: 'response', met: 0, of: 0, missed: [] };
  for (const incident of incidents) {
    if (incident.facts.test || incident.facts.appointment_at) continue;
    const sent = incident.first_dispatch_at;
    count(order, incident.id, sent ? sent - incident.opened_at : null, within.order);
    countResponse(response, incident);
    for (const task of incident.tasks) count(departure, incident.id, between(task, 'created', 'departed'), within.departure);
  }
  return [order, departure, response];
}

export function alarms(incidents: Iterable<Incident>, now: number): Alarms {
  const found: Alarms = { red: [], yellow: [] };
  for (const incident of incidents) {
    if (isOver(incident) || incident.facts.test) continue;
    const levels = deadlinesOf(incident).map((deadline) => timer(deadline, now).level);
    if (levels.includes('red')) found.red.push(incident.id);
    else if (levels.includes('yellow')) found.yellow.push(incident.id);
  }
  return found;
}

function count(norm: Norm, incident: string, millis: number | null, seconds: number): void {
  if (millis === null || millis > 24 * 60 * MINUTE) return;
  norm.of += 1;
  if (millis <= seconds * 1000) norm.met += 1;
  else norm.missed.push(incident);
}

// What the norm is and when it was reached is the server's to say, once for every screen.
function countResponse(norm: Norm, { id, response }: Incident): void {
  if (!response?.counts || response.reached_at == null) return;
  norm.of += 1;
  if (response.reached_at <= response.due_at) norm.met += 1;
  else norm.missed.push(id);
}

function between(task: Task, from: Milestone, to: Milestone): number | null {
  const [start, end] = [reachedAt(task, from), reachedAt(task, to)];
  return start === null || end === null ? null : end - start;
}

// Never by a clock that cannot be right.
function reachedAt({ milestones }: Task, wanted: Milestone): number | null {
  const reached = milestones.find(({ milestone }) => milestone === wanted);
  return reached ? happenedAt(reached.stamp) : null;
}

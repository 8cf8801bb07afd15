import type { Incident, Task } from '../api/types';

/**
 * How a task stands, decided here for every screen: whether its vehicle may be told as help.
 * `not_coming`: by its crew's word; `lapsed`: its order ran out and nobody has it; `not_received`: the order is out;
 * `under_way`: somebody on board has it; `ended`.
 */
export type TaskStanding = 'not_coming' | 'lapsed' | 'not_received' | 'under_way' | 'ended';

export function standingOf({ stage, not_coming, lapsed_at, device_receipt, milestones }: Task): TaskStanding {
  if (stage !== 'running') return 'ended';
  if (not_coming != null) return 'not_coming';
  if (lapsed_at != null) return 'lapsed';
  const received = device_receipt != null || milestones.some(({ milestone }) => milestone !== 'created');
  return received ? 'under_way' : 'not_received';
}

export const isUnderWay = (task: Task): boolean => standingOf(task) === 'under_way';

export interface Help {
  // Of which help comes, or may come once the order is received.
  coming: Task[];
  // Running by the record, and no help: their crews are elsewhere, or nobody has the order any more.
  absent: Task[];
}

/** The running tasks of an incident, those of which help comes apart from those that only look so. */
export function helpOf({ tasks }: Incident): Help {
  const help: Help = { coming: [], absent: [] };
  for (const task of tasks) {
    switch (standingOf(task)) {
      case 'under_way':
      case 'not_received':
        help.coming.push(task);
        break;
      case 'not_coming':
      case 'lapsed':
        help.absent.push(task);
        break;
      case 'ended':
        break;
    }
  }
  return help;
}

/** The task a vehicle runs, if it is no help: what the vehicle's own state does not tell. */
export function absentTaskOf(
  { task, incident }: { task?: string | null; incident?: string | null },
  incidents: ReadonlyMap<string, Incident>,
): Task | null {
  const running = incidents.get(incident ?? '')?.tasks.find(({ id }) => id === task);
  return running && ['not_coming', 'lapsed'].includes(standingOf(running)) ? running : null;
}

import type { Incident, LogEntry, Vehicle } from '../api/types';
import { isApart } from '../feed/exercise';
import { isOver } from '../feed/state';
import { waitingOf } from '../messages/waiting';
import { standingOf } from '../tasks/standing';
import { deadlinesOf } from '../time/timers';

// The gravest first: of several alarms the first two kinds sound in turn.
export const ALARM_KINDS = [
  'sos',
  'link_lost',
  'new_critical',
  'crew_need',
  'crew_report',
  'gave_up',
  'not_coming',
  'not_received',
  'new_incident',
  'overdue_critical',
  'change_unseen',
  'overdue',
  'transfer',
  'crew_message',
] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

export interface Alarm {
  // The same for as long as the same thing stands; an acknowledgement names it.
  key: string;
  kind: AlarmKind;
  incident?: string;
  vehicle?: string;
}

export interface Scene {
  incidents: ReadonlyMap<string, Incident>;
  vehicles: ReadonlyMap<string, Vehicle>;
  log: readonly LogEntry[];
}

export interface Seat {
  person: string;
  // Lines of the log from before this selection began to listen are no news.
  since: number;
  // Since when the link to the server is lost.
  lostSince: number | null;
  // Whether the whole installation is for exercises: they are heard there as patients are elsewhere.
  exercise: boolean;
}

// What stands and wants somebody's eyes. An exercise among patients makes no alarm: it would drown theirs.
export function alarmsOf(scene: Scene, seat: Seat, now: number): Alarm[] {
  const real = [...scene.incidents.values()].filter(
    (incident) => !isOver(incident) && !isApart(incident, seat.exercise),
  );
  const all = [
    ...(seat.lostSince === null ? [] : [{ key: `link ${seat.lostSince}`, kind: 'link_lost' as const }]),
    ...real.flatMap((incident) => ofIncident(incident, seat, now)),
    ...[...scene.vehicles.values()].flatMap(ofVehicle),
    ...scene.log
      .filter(({ stamp }) => stamp.recorded_at >= seat.since)
      .flatMap((line) => ofLine(line, seat, scene.incidents)),
  ];
  return all.sort((a, b) => ALARM_KINDS.indexOf(a.kind) - ALARM_KINDS.indexOf(b.kind));
}

function ofIncident(incident: Incident, seat: Seat, now: number): Alarm[] {
  const { id, facts, stage } = incident;
  const critical = facts.priority === 'critical';
  const found: Alarm[] = [];
  const by = incident.calls[0]?.taken_by;
  const own = by?.by === 'person' && by.person === seat.person;
  if (stage === 'waiting' && !own && incident.tasks.length === 0)
    found.push({ key: `new ${id}`, kind: critical ? 'new_critical' : 'new_incident', incident: id });
  for (const task of incident.tasks) {
    if (task.stage !== 'running') continue;
    const due = (task.deadlines ?? []).filter(({ due_at }) => now >= due_at).map(({ kind }) => kind);
    const standing = standingOf(task);
    if (standing === 'not_coming')
      found.push({
        key: `absent ${task.id} ${task.not_coming}`,
        kind: 'not_coming',
        incident: id,
        vehicle: task.vehicle,
      });
    else if (standing === 'lapsed' || due.includes('device_receipt'))
      found.push({
        key: `unheard ${task.id} ${task.order_expires_at}`,
        kind: 'not_received',
        incident: id,
        vehicle: task.vehicle,
      });
    if (due.includes('order_change'))
      found.push({
        key: `change ${task.id} ${Math.max(0, ...(task.changes ?? []).map(({ version }) => version))}`,
        kind: 'change_unseen',
        incident: id,
        vehicle: task.vehicle,
      });
  }
  const others = deadlinesOf(incident).filter(
    ({ kind, due_at }) => now >= due_at && kind !== 'device_receipt' && kind !== 'order_change',
  );
  for (const { kind } of others)
    found.push({ key: `overdue ${id} ${kind}`, kind: critical ? 'overdue_critical' : 'overdue', incident: id });
  return found;
}

function ofVehicle(vehicle: Vehicle): Alarm[] {
  const { id, sos_since, report, refused } = vehicle;
  return [
    ...(sos_since != null ? [{ key: `sos ${id} ${sos_since}`, kind: 'sos' as const, vehicle: id }] : []),
    // A crew's word against the centre's, each further step of it, and each press refused.
    ...(report
      ? [{ key: `report ${id} ${report.task} ${report.reached}`, kind: 'crew_report' as const, vehicle: id }]
      : []),
    ...(refused
      ? [
          {
            key: `refused ${id} ${refused.command} ${refused.pressed_at} ${refused.count}`,
            kind: 'crew_report' as const,
            vehicle: id,
          },
        ]
      : []),
    // Each further message of a crew is heard anew.
    ...waitingOf(vehicle).map(({ number, need }) => ({
      key: `wrote ${id} ${number}`,
      kind: need ? ('crew_need' as const) : ('crew_message' as const),
      vehicle: id,
    })),
  ];
}

// Of several alarms about one thing the first: a call that is overdue in three ways is named and counted once.
export const each = (alarms: readonly Alarm[]): Alarm[] =>
  alarms.filter(
    ({ incident, vehicle }, index) =>
      alarms.findIndex((other) => other.incident === incident && other.vehicle === vehicle) === index,
  );

// What is over as soon as it has happened, and must be heard all the same.
function ofLine(
  { kind, centre, version, stamp, incident, vehicle }: LogEntry,
  seat: Seat,
  incidents: Scene['incidents'],
): Alarm[] {
  const own = stamp.origin.by === 'person' && stamp.origin.person === seat.person;
  const about = {
    key: `${kind} ${centre} ${version}`,
    ...(incident ? { incident } : {}),
    ...(vehicle ? { vehicle } : {}),
  };
  if (kind === 'task_aborted' && stamp.origin.by === 'crew_terminal') return [{ ...about, kind: 'gave_up' }];
  if (kind === 'vehicle_taken_over' && !own) return [{ ...about, kind: 'transfer' }];
  // One that others opened again waits as a new one does; without a task it is one (above).
  const again = kind === 'incident_reopened' && !own ? incidents.get(incident ?? '') : undefined;
  if (again?.stage === 'waiting' && again.tasks.length > 0 && !isApart(again, seat.exercise))
    return [
      {
        key: `new ${again.id} ${version}`,
        kind: again.facts.priority === 'critical' ? 'new_critical' : 'new_incident',
        incident: again.id,
      },
    ];
  return [];
}

// Of a feed that was already there when the selection opened only what may cost a life is told anew.
const TOLD_ANEW: readonly AlarmKind[] = [
  'sos',
  'link_lost',
  'new_critical',
  'not_coming',
  'not_received',
  'crew_need',
  'crew_report',
];

// What rings once as it comes: it stands on the screen and can wait for the end of a sentence.
export const HEARD_ONCE: readonly AlarmKind[] = ['crew_message'];

export const knownAtStart = (alarms: readonly Alarm[]): string[] =>
  alarms.filter(({ kind }) => !TOLD_ANEW.includes(kind)).map(({ key }) => key);

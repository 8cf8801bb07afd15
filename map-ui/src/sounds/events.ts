import type { Incident, Vehicle } from '../api/types';
import { isOver } from '../feed/state';
import { deadlinesOf } from '../time/timers';
import type { Sound } from './sounds.svelte';

export interface Heard {
  incidents: ReadonlySet<string>;
  calling: ReadonlySet<string>;
  overdue: ReadonlySet<string>;
  reported: ReadonlySet<string>;
}

interface Picture {
  incidents: ReadonlyMap<string, Incident>;
  vehicles: ReadonlyMap<string, Vehicle>;
}

// What there is to hear about in a picture, so that two pictures can be compared. An exercise makes no sound: it would
// drown that of a patient.
export function noticeable({ incidents, vehicles }: Picture, now: number): Heard {
  const real = [...incidents.values()].filter(({ facts }) => !facts.test);
  const overdue = real
    .filter((incident) => !isOver(incident))
    .flatMap((incident) => deadlinesOf(incident).filter(({ due_at }) => now >= due_at).map(({ kind }) => `${incident.id} ${kind}`));
  const calling = [...vehicles.values()].filter(({ sos_since }) => sos_since).map(({ id }) => id);
  // A crew's word against the centre's, each further step of it, and each press refused.
  const reported = [...vehicles.values()].flatMap(({ id, report, refused }) => [
    ...(report ? [`${id} ${report.task} ${report.reached}`] : []),
    ...(refused ? [`${id} ${refused.act} ${refused.pressed_at} ${refused.count}`] : []),
  ]);
  return { reported: new Set(reported), incidents: new Set(real.map(({ id }) => id)), calling: new Set(calling), overdue: new Set(overdue) };
}

export function soundsBetween(before: Heard, after: Heard, own: ReadonlySet<string>): Sound[] {
  const news = (name: keyof Heard) => [...after[name]].some((it) => !before[name].has(it) && !(name === 'incidents' && own.has(it)));
  const all: [keyof Heard, Sound][] = [['calling', 'sos'], ['reported', 'crew_report'], ['incidents', 'new_incident'], ['overdue', 'overdue']];
  return all.filter(([name]) => news(name)).map(([, sound]) => sound);
}

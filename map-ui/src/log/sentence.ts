import type { LogEntry } from '../api/types';
import { clockTime, dayTime } from '../time/format';
import { fill } from '../i18n/fill';
import type { Words } from '../i18n/language.svelte';

export type Part = { text: string } | { incident: string } | { vehicle: string };
// Names of what a log line tells by id: a centre, a hospital, a station. What is not known keeps its id.
export type NameOf = (id: string) => string;

const REASON_LISTS = [
  'AbortReason',
  'CancelReason',
  'SuspendReason',
  'RefuseReason',
  'DivertReason',
  'PauseReason',
  'MoveIgnoreReason',
] as const;
const TIMES = ['was_at', 'truly_at', 'expires_at', 'silent_until', 'since'];
// Ten-thousandths of the demand, shown as a percentage.
const SHARES = ['covered_before', 'covered_after'];
const NAMED = ['hospital', 'destination', 'station', 'to', 'from'];

// A log line as one sentence, in parts, so that what can be opened stands in it as such.
export function sentence(entry: LogEntry, words: Words, nameOf: NameOf): Part[] {
  const told: Record<string, string | null | undefined> = {
    ...entry.details,
    incident: entry.incident,
    vehicle: entry.vehicle,
  };
  const has = (name: string): boolean => (told[name] ?? '') !== '';
  const template = (words.sentences[entry.kind] ?? entry.kind).replace(/\[([^\]]*)\]/g, (_, part: string) =>
    holesOf(part).every(has) ? part : '',
  );
  return template
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const name = /^\{(\w+)\}$/.exec(piece)?.[1];
      if (name === undefined) return { text: piece };
      const value = told[name];
      if (value == null || value === '') return { text: '—' };
      if (
        name === 'incident' ||
        (name === 'to' && (entry.kind === 'task_redirected' || entry.kind === 'call_separated'))
      )
        return { incident: value };
      return name === 'vehicle' ? { vehicle: value } : { text: inWords(name, value, words, nameOf) };
    });
}

const holesOf = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');

function inWords(name: string, value: string, { vocabulary, problems, screen }: Words, nameOf: NameOf): string {
  if (TIMES.includes(name)) return clockTime(Number(value));
  if (SHARES.includes(name)) return `${(Number(value) / 100).toFixed(1)} %`;
  if (name === 'appointment_at' || name === 'newest') return dayTime(Number(value));
  const several: Record<string, Record<string, string>> = {
    changed: vocabulary.callField,
    hazards: vocabulary.Hazard,
    faults: vocabulary.VehicleCheck,
  };
  const named = several[name];
  if (named)
    return value === ''
      ? screen.intake.noHazards
      : value
          .split(', ')
          .map((field) => named[field] ?? field)
          .join(', ');
  if (name === 'code') return problems[value] ? fill(problems[value], {}) : value;
  const lists: Record<string, Record<string, string>> = {
    milestone: vocabulary.Milestone,
    state: vocabulary.VehicleState,
    from: vocabulary.SetOutFrom,
    priority: vocabulary.Priority,
    accident_level: vocabulary.AccidentLevel,
    method: vocabulary.TravelMethod,
    kind: { ...vocabulary.VehicleKind, ...vocabulary.IncidentKind },
    vehicle_kind: vocabulary.VehicleKind,
    outcome: vocabulary.outcome,
    kept: vocabulary.kept,
    exercise: vocabulary.exercise,
    source: vocabulary.IncidentSource,
    why: vocabulary.followOnEnd,
    advice: vocabulary.MoveAdvice,
    end: vocabulary.suggestionEnd,
    movement: vocabulary.Movement,
    over: vocabulary.movementOver,
    trouble: vocabulary.trouble,
    cause: vocabulary.cause,
    need: vocabulary.CrewNeed,
    reason: Object.assign({}, ...REASON_LISTS.map((list) => vocabulary[list])) as Record<string, string>,
  };
  return lists[name]?.[value] ?? (NAMED.includes(name) ? nameOf(value) : value);
}

import { clockTime } from '../time/format';
import type { Words } from '../words/language.svelte';

const REASON_LISTS = ['AbortReason', 'CancelReason', 'SuspendReason', 'RefuseReason', 'RedirectReason', 'PauseReason'] as const;
const TIMES = ['was_at', 'truly_at', 'appointment_at'];

// The details of a log line, each named and in the words of the screen where it is a word of a list.
export function detailsInWords(details: Record<string, string>, words: Words): string {
  return Object.entries(details)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${words.logDetails[name] ?? name} ${valueInWords(name, value, words)}`.trim())
    .join(' · ');
}

function valueInWords(name: string, value: string, { vocabulary, problems }: Words): string {
  if (TIMES.includes(name) && Number.isFinite(Number(value))) return clockTime(Number(value));
  const lists: Record<string, Record<string, string>> = {
    milestone: vocabulary.Milestone,
    state: vocabulary.VehicleState,
    priority: vocabulary.Priority,
    accident_level: vocabulary.AccidentLevel,
    method: vocabulary.TravelMethod,
    kind: { ...vocabulary.VehicleKind, ...vocabulary.IncidentKind },
    outcome: vocabulary.outcome,
    code: problems,
    reason: Object.assign({}, ...REASON_LISTS.map((list) => vocabulary[list])) as Record<string, string>,
  };
  return lists[name]?.[value] ?? value;
}

import type { Words } from '../words/language.svelte';

const REASON_LISTS = ['AbortReason', 'CancelReason', 'SuspendReason', 'RefuseReason', 'RedirectReason', 'PauseReason'] as const;

// The details of a log line, each in the words of the screen where it is a word of a list.
export function detailsInWords(details: Record<string, string>, words: Words): string {
  return Object.entries(details)
    .map(([name, value]) => inWords(name, value, words))
    .filter((text) => text !== '')
    .join(' · ');
}

function inWords(name: string, value: string, { vocabulary }: Words): string {
  const lists: Record<string, Record<string, string>> = {
    milestone: vocabulary.Milestone,
    state: vocabulary.VehicleState,
    priority: vocabulary.Priority,
    kind: { ...vocabulary.VehicleKind, ...vocabulary.IncidentKind },
    outcome: vocabulary.outcome,
    reason: Object.assign({}, ...REASON_LISTS.map((list) => vocabulary[list])) as Record<string, string>,
  };
  return lists[name]?.[value] ?? value;
}

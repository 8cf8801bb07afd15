import type { PlaceFound, Schemas } from '../api/types';

type Facts = Schemas['IncidentFacts'];

// What stands in the form, as typed. An empty field means that there is none.
export interface Amended {
  priority: Facts['priority'];
  kind: Facts['kind'];
  complaint: string;
  address: string;
  // A place of the address list that was chosen for the scene.
  found: PlaceFound | null;
  // The position is wrong and only the words hold.
  noPosition: boolean;
  waiting: string;
  destination: string;
  // As a field of local date and time gives it; empty for now.
  appointment: string;
}

export const amendedOf = (facts: Facts): Amended => ({
  priority: facts.priority,
  kind: facts.kind,
  complaint: facts.complaint,
  address: facts.scene.address,
  found: null,
  noPosition: false,
  waiting: facts.waiting?.address ?? '',
  destination: facts.destination ?? '',
  appointment: facts.appointment_at == null ? '' : localMinute(facts.appointment_at),
});

// Each field is kept, set or cleared by itself. Other words for the scene leave its position where it is, and
// a position that is wrong goes without the words.
export function changesOf(before: Facts, now: Amended): Schemas['IncidentChanges'] {
  const was = amendedOf(before);
  const changes: Schemas['IncidentChanges'] = {};
  if (now.priority !== was.priority) changes.priority = now.priority;
  if (now.kind !== was.kind) changes.kind = now.kind;
  if (now.complaint !== was.complaint) changes.complaint = now.complaint;
  if (now.address.trim() !== was.address) changes.scene_address = now.address.trim();
  if (now.found) changes.scene_point = { position: now.found.position, source: 'address_search' };
  else if (now.noPosition && before.scene.position) changes.scene_point = null;
  if (now.waiting.trim() !== was.waiting) Object.assign(changes, waitingOf(before, now.waiting.trim()));
  if (now.destination !== was.destination) changes.destination = now.destination || null;
  if (now.appointment !== was.appointment) changes.appointment_at = now.appointment === '' ? null : new Date(now.appointment).getTime();
  return changes;
}

function waitingOf(before: Facts, words: string): Schemas['IncidentChanges'] {
  if (words === '') return { waiting: null };
  // A position that was told for other words would lead to the wrong corner.
  return before.waiting?.position ? { waiting: { address: words, source: 'caller_words' } } : { waiting_address: words };
}

// 2026-05-01T14:05 in the time of this computer, which stands in the region.
function localMinute(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

import { shortNumber } from '../command-line/names';
import { session } from '../session/session.svelte';

// The number of an incident as this selection says it.
export function numberOf(incidentId: string): string {
  const sees = session.current?.sees ?? [];
  return shortNumber(
    incidentId,
    (session.region?.centres ?? []).filter(({ id }) => sees.includes(id)),
  );
}

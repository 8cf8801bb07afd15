import { shortNumber } from '../command-line/names';
import { isExercise } from '../feed/exercise';
import { feed } from '../feed/feed.svelte';
import { screen } from '../i18n/language.svelte';
import { session } from '../session/session.svelte';

// The number of an incident as this selection says it. That of an exercise says so wherever it stands, so that no
// screen can show one without its mark.
export function numberOf(incidentId: string): string {
  const number = bareNumberOf(incidentId);
  return isExercise(feed.state.incidents, incidentId) ? `${screen().queue.test} ${number}` : number;
}

// Where the mark stands beside it.
export function bareNumberOf(incidentId: string): string {
  const sees = session.current?.sees ?? [];
  return shortNumber(
    incidentId,
    (session.region?.centres ?? []).filter(({ id }) => sees.includes(id)),
  );
}

import type { Problem } from '../api/types';
import { feed } from '../feed/feed.svelte';
import { words } from '../i18n/language.svelte';
import { problemInWords } from '../i18n/problem';
import { session } from '../session/session.svelte';
import { numberOf } from './numbers';

const INCIDENT = /^(.+)-\d+(?:r\d+)?$/;
const TASK = /^(.+)\.t\d+$/;

// `yinchuan-12` as people say it; a task is known by its vehicle and its incident.
function spoken(value: string): string {
  const incident = TASK.exec(value)?.[1];
  if (incident !== undefined) {
    const task = feed.state.incidents.get(incident)?.tasks.find(({ id }) => id === value);
    return task ? `${task.vehicle} ${numberOf(incident)}` : value;
  }
  const centre = INCIDENT.exec(value)?.[1];
  return session.region?.centres.some(({ id }) => id === centre) ? numberOf(value) : value;
}

const allSpoken = (details: Problem['details']): Record<string, string> =>
  Object.fromEntries(Object.entries(details ?? {}).map(([name, value]) => [name, spoken(value)]));

const withNumbers = (problem: Problem): Problem => ({
  ...problem,
  details: allSpoken(problem.details),
  dangers: (problem.dangers ?? []).map((danger) => ({ ...danger, details: allSpoken(danger.details) })),
});

/** A refusal in words, with incidents and tasks by the numbers that this seat sees elsewhere. */
export const problemSaid = (problem: Problem): string => problemInWords(withNumbers(problem), words());

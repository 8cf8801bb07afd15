import type { Candidate } from '../api/types';
import { fill } from '../i18n/fill';
import type { Words } from '../i18n/language.svelte';
import { TERM_NAMES, type TermName } from './terms';

export interface Difference {
  name: TermName;
  // Above 0: the second has more of it.
  seconds: number;
}

// What makes the second candidate come after the first, the weightiest term first.
export function differences(first: Candidate, second: Candidate): Difference[] {
  return TERM_NAMES.map((name) => ({ name, seconds: (second.terms[name] ?? 0) - (first.terms[name] ?? 0) }))
    .filter(({ seconds }) => seconds !== 0)
    .sort((a, b) => Math.abs(b.seconds) - Math.abs(a.seconds));
}

export function whyBefore(first: Candidate, second: Candidate, { screen }: Words): { lead: string; terms: string[] } {
  const total = second.terms.total - first.terms.total;
  const names = { first: first.vehicle, second: second.vehicle };
  const lead =
    total === 0
      ? fill(screen.compare.same, names)
      : fill(total > 0 ? screen.compare.before : screen.compare.after, { ...names, n: Math.abs(total) });
  const terms = differences(first, second).map(({ name, seconds }) => {
    const worse = seconds > 0 ? second : first;
    const why = name === 'capability_penalty' ? ` · ${capability(worse, screen)}` : '';
    return (
      fill(seconds > 0 ? screen.compare.more : screen.compare.less, {
        vehicle: second.vehicle,
        term: screen.rank.terms[name],
        n: Math.abs(seconds),
      }) + why
    );
  });
  return { lead, terms };
}

// A penalty without a lack is a good vehicle kept free for who needs it.
export function capability({ warnings }: Candidate, screen: Words['screen']): string {
  return (warnings ?? []).includes('not_fully_equipped') ? screen.compare.lacks : screen.compare.kept;
}

import type { Schemas } from '../api/types';

type Terms = Schemas['Terms'];
export type TermName = Exclude<keyof Terms, 'total'>;

export const TERM_NAMES: readonly TermName[] = [
  'departure_delay',
  'travel',
  'wait_until_free',
  'capability_penalty',
  'coverage_lost',
  'position_doubt',
  'other_patient',
];

// "出车 60 + 路程 412": departure and travel always, the others when they count.
export function spokenTerms(terms: Terms, names: Record<TermName, string>): string {
  return TERM_NAMES.filter((name) => name === 'departure_delay' || name === 'travel' || (terms[name] ?? 0) > 0)
    .map((name) => `${names[name]} ${terms[name]}`)
    .join(' + ');
}

import type { Duplicate } from '../api/types';

// Alt+1…9 reaches so many; the server sends no more.
export const LINKED_BY_KEY = 9;

// Borders mean nothing to a caller: an open incident of any centre that this seat acts for can take the call.
export const withinReach = (duplicates: readonly Duplicate[], actsFor: readonly string[]): Duplicate[] =>
  duplicates.map((it) => ({
    ...it,
    can_link: it.can_link || (it.ended_seconds == null && actsFor.includes(it.centre)),
  }));

// The one that Alt and a digit link the call to: numbers stand only on those that can be linked.
export const linkable = (duplicates: readonly Duplicate[]): Duplicate[] =>
  duplicates.filter(({ can_link }) => can_link).slice(0, LINKED_BY_KEY);

// What to do with one that cannot be linked: it is over, or another centre's.
export function instead({ can_link, ended_seconds }: Duplicate): 'link' | 'reopen' | 'tell' {
  if (can_link) return 'link';
  return ended_seconds == null ? 'tell' : 'reopen';
}

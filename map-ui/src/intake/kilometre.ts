import type { Schemas } from '../api/types';
import { fill } from '../i18n/fill';
import { nameOf, screen } from '../i18n/language.svelte';

// What is told of a kilometre that is in no file, and what to ask the caller instead.
export function kilometreUnknown(unknown: Schemas['KilometreUnknown']): string {
  const { road, known_from_km: from, known_to_km: to } = unknown;
  const values = { road: `${road} ${nameOf(unknown)}`.trim(), from: Math.ceil(from ?? 0), to: Math.floor(to ?? 0) };
  const isKnown = from != null && to != null;
  return fill(isKnown ? screen().place.kilometreBeyond : screen().place.kilometreUnknown, values);
}

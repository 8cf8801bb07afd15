import type { Schemas } from '../api/types';

export const NUMBERS = [
  'patients_carried',
  'distance_km',
  'counted_at_scene',
  'treated_at_scene',
  'refused_transport',
  'dead_at_scene',
  'not_found',
  'carried_by_others',
] as const;
type NumberField = (typeof NUMBERS)[number];

export type DetailsForm = { hospital: string | null } & Record<NumberField, number | null>;

export function detailsOf(told: Schemas['MilestoneDetails']): DetailsForm {
  const { patients_carried, distance_km, hospital } = told;
  const { counted_at_scene, treated_at_scene, refused_transport, dead_at_scene, not_found, carried_by_others } =
    told.patients ?? {};
  return {
    hospital: hospital ?? null,
    patients_carried: patients_carried ?? null,
    distance_km: distance_km ?? null,
    counted_at_scene: counted_at_scene ?? null,
    treated_at_scene: treated_at_scene ?? null,
    refused_transport: refused_transport ?? null,
    dead_at_scene: dead_at_scene ?? null,
    not_found: not_found ?? null,
    carried_by_others: carried_by_others ?? null,
  };
}

// What was not touched is left out; what was emptied is taken back.
export function detailChanges(before: DetailsForm, now: DetailsForm): Schemas['DetailChanges'] {
  const changes: Schemas['DetailChanges'] = {};
  if (now.hospital !== before.hospital) changes.hospital = now.hospital;
  for (const field of NUMBERS) {
    // An emptied number field is undefined to Svelte.
    const value = now[field] ?? null;
    if (value !== before[field]) changes[field] = value;
  }
  return changes;
}

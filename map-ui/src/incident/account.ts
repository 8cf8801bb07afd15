import type { Schemas } from '../api/types';

// What dispatchers told of patients besides the crews, as its form holds it.
export interface Account {
  carried: number | null;
  told: Schemas['PatientsTold'];
}

export interface AccountChanges {
  // Left out: it stays. Null: it is taken back.
  carried?: number | null;
  patients: Schemas['PatientChanges'];
}

export const PATIENT_FIELDS = [
  'treated_at_scene',
  'refused_transport',
  'dead_at_scene',
  'not_found',
  'carried_by_others',
  'counted_at_scene',
] as const;

export function accountOf(account: Schemas['PatientAccount'] | undefined): Account {
  return { carried: account?.carried ?? null, told: { ...account?.patients } };
}

// What was not touched is left out, so that an old count is not told anew; what was emptied is taken back.
export function accountChanges(before: Account, now: Account): AccountChanges {
  const changes: AccountChanges = { patients: {} };
  // An emptied number field is undefined to Svelte.
  const carried = now.carried ?? null;
  if (carried !== before.carried) changes.carried = carried;
  for (const field of PATIENT_FIELDS) {
    const value = now.told[field] ?? null;
    if (value !== (before.told[field] ?? null)) changes.patients[field] = value;
  }
  return changes;
}

export const changesNothing = ({ carried, patients }: AccountChanges): boolean =>
  carried === undefined && Object.keys(patients).length === 0;

import type { Incident, Position, Schemas, Task } from '../api/types';

export const SPECIALITIES = [
  'chest_pain',
  'stroke',
  'trauma',
  'maternity',
  'neonatal',
  'paediatrics',
  'psychiatry',
  'infectious',
] as const;
export type Speciality = (typeof SPECIALITIES)[number];

const OF_KIND: Partial<Record<Schemas['IncidentKind'], Speciality>> = {
  injury: 'trauma',
  traffic_accident: 'trauma',
  mass_casualty: 'trauma',
  maternity: 'maternity',
};

// What is asked for first; the person changes it.
export const specialityOf = ({ facts }: Incident): Speciality | '' => OF_KIND[facts.kind] ?? '';

// From where the way to a hospital counts: the vehicle once the patient is on board, the scene before.
export function originFor(
  incident: Incident,
  { milestones }: Task,
  vehicleAt: Position | null,
): { incident: string } | Position {
  const onBoard = milestones.some(({ milestone }) => milestone === 'left_scene');
  return onBoard && vehicleAt ? vehicleAt : { incident: incident.id };
}

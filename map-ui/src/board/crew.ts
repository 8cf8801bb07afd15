import type { Schemas, Vehicle } from '../api/types';
import type { CommandAtCentre } from '../commands/commands';
import { vocabulary } from '../i18n/language.svelte';

export type CrewMember = Schemas['CrewMember'];

// A driver, a doctor, a nurse and bearers; no vehicle has more seats.
export const CREW_AT_MOST = 8;

export const blankMember = (): CrewMember => ({ name: '', person: '', role: 'driver' });

// Lines without a name are nobody. Who has no staff number goes by the name.
export function assignCrew({ id, centre }: Vehicle, lines: readonly CrewMember[]): CommandAtCentre {
  const crew = lines
    .map(({ name, person, ...rest }) => ({ ...rest, name: name.trim(), person: person.trim() || name.trim() }))
    .filter(({ name }) => name !== '');
  return { centre, command: { type: 'assign_crew', vehicle: id, crew } };
}

/** The crew in one line: each member with role and shift. */
export const crewInWords = (crew: readonly CrewMember[]): string =>
  crew
    .map(({ name, role, shift }) => {
      const { CrewRole, Shift } = vocabulary();
      return `${name} (${[CrewRole[role], shift && Shift[shift]].filter(Boolean).join(', ')})`;
    })
    .join(', ');

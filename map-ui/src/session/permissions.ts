import type { Person } from '../api/types';
import { COMMANDS, type CommandType } from '../commands/commands';

export type Role = Person['role'];
export type { CommandType };

// Nobody is offered what the server will refuse; it still decides.
const SENDS_VEHICLES: ReadonlySet<Role> = new Set<Role>(['dispatcher', 'supervisor', 'regional_duty_officer']);

export function mayIssue(role: Role, command: CommandType): boolean {
  const { givenBy } = COMMANDS[command];
  if (givenBy === 'supervisor') return maySupervise(role);
  return SENDS_VEHICLES.has(role) || (role === 'call_taker' && givenBy === 'call_taker');
}

// Closing roads, switching travel profiles and advice on moves is for those who answer for the shift.
export const maySupervise = (role: Role): boolean => role === 'supervisor' || role === 'regional_duty_officer';

export type Bar = 'role' | 'centre';

// Why a person may not issue a command to a centre, or null when they may.
export function barTo(
  command: CommandType,
  centre: string,
  who: { role: Role; actsFor: readonly string[] },
): Bar | null {
  if (!mayIssue(who.role, command)) return 'role';
  return who.actsFor.includes(centre) ? null : 'centre';
}

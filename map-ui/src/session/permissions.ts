import type { Command, Person } from '../api/types';

export type Role = Person['role'];
export type OrderType = Command['type'];

// The core's own table of commands (dispatch-core/src/model/command_table.rs), so that nobody is offered what it will
// refuse. The server still decides.
const TAKES_CALLS: ReadonlySet<OrderType> = new Set<OrderType>([
  'take_call',
  'separate_call',
  'change_outcome',
  'amend_incident',
  'suspend_incident',
  'resume_incident',
  'refuse_incident',
  'cancel_incident',
  'add_note',
]);

const SENDS_VEHICLES: ReadonlySet<Role> = new Set<Role>(['dispatcher', 'supervisor', 'regional_duty_officer']);

export function mayOrder(role: Role, order: OrderType): boolean {
  return SENDS_VEHICLES.has(role) || (role === 'call_taker' && TAKES_CALLS.has(order));
}

// Closing roads and switching travel profiles is for those who answer for the shift.
export const maySupervise = (role: Role): boolean => role === 'supervisor' || role === 'regional_duty_officer';

export type Bar = 'role' | 'centre';

// Why a person may not give an order to a centre, or null when they may.
export function barTo(order: OrderType, centre: string, who: { role: Role; actsFor: readonly string[] }): Bar | null {
  if (!mayOrder(who.role, order)) return 'role';
  return who.actsFor.includes(centre) ? null : 'centre';
}

import type { Person } from '../api/types';
import { COMMANDS, type CommandType } from '../orders/commands';

export type Role = Person['role'];
export type OrderType = CommandType;

// Nobody is offered what the server will refuse; it still decides.
const SENDS_VEHICLES: ReadonlySet<Role> = new Set<Role>(['dispatcher', 'supervisor', 'regional_duty_officer']);

export function mayOrder(role: Role, order: OrderType): boolean {
  return SENDS_VEHICLES.has(role) || (role === 'call_taker' && COMMANDS[order].takesCalls);
}

// Closing roads and switching travel profiles is for those who answer for the shift.
export const maySupervise = (role: Role): boolean => role === 'supervisor' || role === 'regional_duty_officer';

export type Bar = 'role' | 'centre';

// Why a person may not give an order to a centre, or null when they may.
export function barTo(order: OrderType, centre: string, who: { role: Role; actsFor: readonly string[] }): Bar | null {
  if (!mayOrder(who.role, order)) return 'role';
  return who.actsFor.includes(centre) ? null : 'centre';
}

import { fill } from '../i18n/fill';
import { screen, vocabulary } from '../i18n/language.svelte';
import { barTo, maySupervise, type CommandType } from './permissions';
import { session } from './session.svelte';

interface Barred {
  disabled?: boolean;
  title?: string;
}

// Attributes for a button that gives an order: nothing when it may be given, else disabled with the reason.
export function allowed(order: CommandType, centre: string): Barred {
  const { current } = session;
  if (!current) return { disabled: true };
  const bar = barTo(order, centre, { role: current.person.role, actsFor: current.acts_for });
  if (bar === null) return {};
  return { disabled: true, title: bar === 'centre' ? screen().session.notYourCentre : notYourRole() };
}

export const isAllowed = (order: CommandType, centre: string): boolean => allowed(order, centre).disabled !== true;

export const supervises = (): boolean => session.current !== null && maySupervise(session.current.person.role);

export const supervisorsOnly = (): Barred => (supervises() ? {} : { disabled: true, title: notYourRole() });

function notYourRole(): string {
  return fill(screen().session.notYourRole, { role: vocabulary().Role[session.current?.person.role ?? 'call_taker'] });
}

import { fill } from '../i18n/fill';
import { screen, vocabulary } from '../i18n/language.svelte';
import { barTo, maySupervise, type CommandType } from './permissions';
import { session } from './session.svelte';

interface Barred {
  disabled?: boolean;
  title?: string;
}

// Attributes for a button that gives a command: nothing when it may be given, else disabled with the reason.
export function allowed(command: CommandType, centre: string): Barred {
  const { current } = session;
  if (!current) return { disabled: true };
  const bar = barTo(command, centre, { role: current.person.role, actsFor: current.acts_for });
  if (bar === null) return {};
  return { disabled: true, title: bar === 'centre' ? screen().session.notYourCentre : notYourRole() };
}

export const isAllowed = (command: CommandType, centre: string): boolean => allowed(command, centre).disabled !== true;

export const supervises = (): boolean => session.current !== null && maySupervise(session.current.person.role);

export const supervisorsOnly = (): Barred => (supervises() ? {} : { disabled: true, title: notYourRole() });

function notYourRole(): string {
  return fill(screen().session.notYourRole, { role: vocabulary().Role[session.current?.person.role ?? 'call_taker'] });
}

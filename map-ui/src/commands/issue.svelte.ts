import { sendCommand, httpSender, type CommandOutcome } from '../api/commands';
import type { CommandAnswer, Problem, Schemas } from '../api/types';
import { clock } from '../time/clock.svelte';
import { confirmed, type CommandAtCentre } from './commands';

type Confirmation = Schemas['Confirmation'];

export type Notice =
  | { stage: 'sending' }
  | { stage: 'retrying'; attempt: number }
  | { stage: 'recorded'; already: boolean; incident: string | null; joined: Joined | null }
  | { stage: 'refused'; problem: Problem; confirm: (() => void) | null };

// A call that was joined to an incident, with the command that takes it apart again.
export interface Joined {
  incident: string;
  undo: CommandAtCentre;
}

// What became of the last command made at each place of the screen, told beside that place.
class Notices {
  at = $state<Record<string, Notice | undefined>>({});

  forget(): void {
    this.at = {};
  }

  dismiss(place: string): void {
    delete this.at[place];
  }
}

export const notices = new Notices();

const GOOD_NEWS_MILLIS = 6_000;
// As long as it takes to see that a call was joined to the wrong incident.
const UNDO_MILLIS = 30_000;

export async function issue(
  place: string,
  issued: CommandAtCentre,
  given: Confirmation[] = [],
): Promise<CommandOutcome> {
  const request = {
    command_id: crypto.randomUUID(),
    centre: issued.centre,
    made_at: Math.round(clock.exact()),
    command: issued.command,
    confirmed: given,
  };
  notices.at[place] = { stage: 'sending' };
  const outcome = await sendCommand(request, {
    ...httpSender,
    onRetry: (attempt) => (notices.at[place] = { stage: 'retrying', attempt }),
  });
  if (outcome.recorded) tellRecorded(place, outcome.answer, joinedBy(issued, outcome.answer.call ?? null));
  else
    notices.at[place] = {
      stage: 'refused',
      problem: outcome.problem,
      confirm: again(place, issued, given, outcome.problem),
    };
  return outcome;
}

/**
 * Gives what was written in a form, and says whether the form may go: once it is recorded, or asked back for, when the
 * question keeps every word of it. A refusal must not cost what was typed, nor a second press send it twice.
 */
export async function giveForm(place: string, issued: CommandAtCentre): Promise<boolean> {
  const before = notices.at[place]?.stage;
  if (before === 'sending' || before === 'retrying') return false;
  const outcome = await issue(place, issued);
  const after = notices.at[place];
  return outcome.recorded || (after?.stage === 'refused' && after.confirm !== null);
}

// The same command once more with every danger that the refusal named confirmed; nothing where nobody can overrule it. A
// server of the release before names one danger at a time.
function again(
  place: string,
  issued: CommandAtCentre,
  given: Confirmation[],
  { code, confirm, dangers }: Problem,
): (() => void) | null {
  const named = dangers?.length ? dangers.map((danger) => danger.confirm) : confirm ? [confirm] : [];
  if (named.length > 0) return () => void issue(place, issued, [...given, ...named]);
  const asked = confirmed(issued, code);
  return asked ? () => void issue(place, asked, given) : null;
}

// Good news goes by itself; a refusal stays until the next command at the place, or until it is dismissed.
function tellRecorded(place: string, { already_recorded, incident }: CommandAnswer, joined: Joined | null): void {
  notices.at[place] = { stage: 'recorded', already: already_recorded, incident: incident ?? null, joined };
  const told = notices.at[place];
  setTimeout(
    () => {
      if (notices.at[place] === told) delete notices.at[place];
    },
    joined ? UNDO_MILLIS : GOOD_NEWS_MILLIS,
  );
}

function joinedBy({ centre, command }: CommandAtCentre, call: string | null): Joined | null {
  if (command.type !== 'take_call' || command.link_to == null || call === null) return null;
  const incident = command.link_to;
  return { incident, undo: { centre, command: { type: 'separate_call', incident, call } } };
}

import { sendAct, httpSender, type ActOutcome } from '../api/acts';
import type { Problem, Schemas } from '../api/types';
import { clock } from '../time/clock.svelte';
import { confirmed, type Order } from './order';

type Confirmation = Schemas['Confirmation'];

export type Notice =
  | { stage: 'sending' }
  | { stage: 'retrying'; attempt: number }
  | { stage: 'recorded'; already: boolean; incident: string | null }
  | { stage: 'refused'; problem: Problem; confirm: (() => void) | null };

// What became of the last act made at each place of the screen, told beside that place.
class Notices {
  at = $state<Record<string, Notice | undefined>>({});

  dismiss(place: string): void {
    delete this.at[place];
  }
}

export const notices = new Notices();

const GOOD_NEWS_MILLIS = 6_000;

export async function give(place: string, order: Order, given: Confirmation[] = []): Promise<ActOutcome> {
  const act = { act_id: crypto.randomUUID(), centre: order.centre, made_at: Math.round(clock.exact()), command: order.command, confirmed: given };
  notices.at[place] = { stage: 'sending' };
  const outcome = await sendAct(act, {
    ...httpSender,
    onRetry: (attempt) => (notices.at[place] = { stage: 'retrying', attempt }),
  });
  if (outcome.recorded) tellRecorded(place, outcome.answer.already_recorded, outcome.answer.incident ?? null);
  else notices.at[place] = { stage: 'refused', problem: outcome.problem, confirm: again(place, order, given, outcome.problem) };
  return outcome;
}

// The same order once more with the danger that the refusal named confirmed; nothing where nobody can overrule it.
function again(place: string, order: Order, given: Confirmation[], { code, confirm }: Problem): (() => void) | null {
  if (confirm) return () => void give(place, order, [...given, confirm]);
  const asked = confirmed(order, code);
  return asked ? () => void give(place, asked, given) : null;
}

// Good news goes by itself; a refusal stays until the next act at the place, or until it is dismissed.
function tellRecorded(place: string, already: boolean, incident: string | null): void {
  notices.at[place] = { stage: 'recorded', already, incident };
  const told = notices.at[place];
  setTimeout(() => {
    if (notices.at[place] === told) delete notices.at[place];
  }, GOOD_NEWS_MILLIS);
}

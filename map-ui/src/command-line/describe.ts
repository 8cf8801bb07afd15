import type { Words } from '../words/language.svelte';
import { fill } from '../words/fill';
import type { Meaning } from './grammar';
import type { ReasonKind } from './reader';

// What Enter would do, said before it is pressed.
export function describe(meaning: Meaning, words: Words): { text: string; wrong: boolean } {
  const { command } = words.screen;
  switch (meaning.does) {
    case 'nothing':
    case 'help':
      return { text: '', wrong: false };
    case 'mistake': {
      const names = meaning.list === null ? {} : (words.vocabulary[meaning.list] as Record<string, string>);
      const choices = meaning.choices.map((choice) => `${names[choice] ?? choice}`).join(' / ');
      return { text: fill(command[meaning.code], { word: meaning.word, choices }), wrong: true };
    }
    case 'act':
      return { text: fill(command.will, { what: spoken(meaning.order.command as Record<string, unknown> & { type: string }, words) }), wrong: false };
    case 'show':
      return { text: `→ ${meaning.incident ?? meaning.vehicle ?? ''}`, wrong: false };
    case 'rank':
      return { text: `→ ${words.screen.rank.title} ${meaning.incident}`, wrong: false };
    case 'new':
      return { text: `→ ${words.screen.intake.title} ${meaning.address}`, wrong: false };
  }
}

const LISTS: Record<string, `${Capitalize<ReasonKind>}Reason`> = {
  cancel_incident: 'CancelReason',
  suspend_incident: 'SuspendReason',
  refuse_incident: 'RefuseReason',
  redirect_vehicle: 'RedirectReason',
  abort_task: 'AbortReason',
  pause_vehicle: 'PauseReason',
};

// The verb as the log would write it, then the things it is done to.
function spoken(command: Record<string, unknown> & { type: string }, words: Words): string {
  const list = LISTS[command.type];
  const reason = list && typeof command['reason'] === 'string' ? (words.vocabulary[list] as Record<string, string>)[command['reason']] : undefined;
  const milestone = typeof command['milestone'] === 'string' ? words.vocabulary.Milestone[command['milestone'] as keyof Words['vocabulary']['Milestone']] : undefined;
  const things = [command['vehicles'], command['vehicle'], command['task'], command['incident'], command['to_incident'], command['to']];
  return [words.log[EVENT_OF[command.type] ?? ''] ?? command.type, ...things.flat(), milestone, reason, command['note'], command['text']]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ');
}

const EVENT_OF: Record<string, string> = {
  dispatch_vehicles: 'task_created', redirect_vehicle: 'task_redirected', cancel_incident: 'incident_cancelled', suspend_incident: 'incident_suspended', refuse_incident: 'incident_refused',
  resume_incident: 'incident_resumed', resume_vehicle: 'vehicle_resumed', close_incident: 'incident_closed', reopen_incident: 'incident_reopened', add_note: 'note_added', amend_incident: 'incident_amended',
  reach_milestone: 'milestone_reached', correct_milestone: 'milestone_corrected', undo_milestone: 'milestone_undone', abort_task: 'task_aborted', pause_vehicle: 'vehicle_paused', go_off_duty: 'vehicle_went_off_duty',
  go_on_duty: 'vehicle_came_on_duty', return_to_station: 'vehicle_returned_to_station', lend_vehicle: 'vehicle_handed_over', clear_sos: 'sos_cleared',
};

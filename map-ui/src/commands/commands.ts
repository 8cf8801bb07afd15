import type { AccountChanges } from '../incident/account';
import type {
  Call,
  Candidate,
  Command,
  Incident,
  Milestone,
  Recommendation,
  Schemas,
  Task,
  Vehicle,
} from '../api/types';

export type CommandType = Command['type'];

// What the console knows of a command besides its fields.
interface CommandRow {
  // What has happened once it is carried out: the log's word for it says what a typed command will do.
  readonly event: string;
  // Whose command it is, as in dispatch-core/src/model/command_table.rs.
  readonly givenBy: 'call_taker' | 'dispatcher' | 'supervisor';
}

const takesCalls = (event: string): CommandRow => ({ event, givenBy: 'call_taker' });
const dispatches = (event: string): CommandRow => ({ event, givenBy: 'dispatcher' });
const supervises = (event: string): CommandRow => ({ event, givenBy: 'supervisor' });

// Every command of the API; one that is missing does not compile.
export const COMMANDS: Record<CommandType, CommandRow> = {
  take_call: takesCalls('call_taken'),
  separate_call: takesCalls('call_separated'),
  change_outcome: takesCalls('call_concluded'),
  amend_incident: takesCalls('incident_amended'),
  suspend_incident: takesCalls('incident_suspended'),
  resume_incident: takesCalls('incident_resumed'),
  refuse_incident: takesCalls('incident_refused'),
  cancel_incident: takesCalls('incident_cancelled'),
  add_note: takesCalls('note_added'),
  dispatch_vehicles: dispatches('task_created'),
  divert_vehicle: dispatches('task_redirected'),
  resume_vehicle: dispatches('vehicle_resumed'),
  close_incident: dispatches('incident_closed'),
  reopen_incident: dispatches('incident_reopened'),
  record_milestone: dispatches('milestone_reached'),
  correct_milestone: dispatches('milestone_corrected'),
  correct_details: dispatches('task_details_corrected'),
  undo_milestone: dispatches('milestone_undone'),
  abort_task: dispatches('task_aborted'),
  pause_vehicle: dispatches('vehicle_paused'),
  go_off_duty: dispatches('vehicle_went_off_duty'),
  go_on_duty: dispatches('vehicle_came_on_duty'),
  return_to_station: dispatches('vehicle_returned_to_station'),
  lend_vehicle: dispatches('vehicle_handed_over'),
  clear_sos: dispatches('sos_cleared'),
  give_follow_on: dispatches('follow_on_given'),
  withdraw_follow_on: dispatches('follow_on_ended'),
  accept_move: dispatches('move_given'),
  ignore_move: dispatches('move_suggestion_ended'),
  give_move: dispatches('move_given'),
  acknowledge_move: dispatches('move_acknowledged'),
  withdraw_move: dispatches('move_withdrawn'),
  set_move_advice: supervises('move_advice_set'),
  settle_crew_report: dispatches('crew_report_settled'),
  see_refused_presses: dispatches('refused_presses_seen'),
  want_vehicles: dispatches('vehicles_wanted'),
  account_for_patients: dispatches('patients_accounted'),
  resend_order: dispatches('order_resent'),
  acknowledge_order_change: dispatches('order_change_acknowledged'),
  assign_crew: dispatches('crew_assigned'),
  log_vehicle: dispatches('vehicle_logged'),
  send_message: dispatches('message_sent'),
  answer_crew: dispatches('crew_answered'),
};

// What keys, clicks and the command line all turn into: a command and the centre whose journal takes it.
export interface CommandAtCentre {
  centre: string;
  command: Command;
}

// Refusals by which a server of the release before asks back without naming what to confirm.
const ASKS_BACK: readonly string[] = ['crew_out_of_touch'];

// The command as it is issued after the dispatcher was asked; null for a refusal that no confirmation lifts.
export function confirmed({ centre, command }: CommandAtCentre, code: string): CommandAtCentre | null {
  if (!ASKS_BACK.includes(code)) return null;
  switch (command.type) {
    case 'cancel_incident':
    case 'divert_vehicle':
    case 'abort_task':
      return { centre, command: { ...command, confirmed: true } };
    default:
      return null;
  }
}

// The journal keeps the head of a ranking, not all of it.
const OFFERED_AT_MOST = 8;

export function offerOf({ candidates, method }: Recommendation): Schemas['OfferRecord'] {
  const offered = candidates
    .slice(0, OFFERED_AT_MOST)
    .map(({ vehicle, rank, terms }) => ({ vehicle, rank, total_seconds: terms.total }));
  return { offered, method };
}

export function dispatch(incident: Incident, vehicles: string[], ranking?: Recommendation | null): CommandAtCentre {
  const offer = ranking ? { offer: offerOf(ranking) } : {};
  return { centre: incident.centre, command: { type: 'dispatch_vehicles', incident: incident.id, vehicles, ...offer } };
}

// A vehicle of another centre is borrowed first, by its own centre's journal. A vehicle that is on a task is
// diverted, since sending it would put it on two tasks.
export function sendCandidate(incident: Incident, candidate: Candidate, ranking: Recommendation): CommandAtCentre {
  if (candidate.centre !== incident.centre) {
    return {
      centre: candidate.centre,
      command: { type: 'lend_vehicle', vehicle: candidate.vehicle, to: incident.centre },
    };
  }
  if (candidate.state === 'at_hospital') return giveFollowOn(candidate.vehicle, incident);
  return candidate.taken_from_task
    ? divert(candidate.vehicle, incident, 'higher_priority')
    : dispatch(incident, [candidate.vehicle], ranking);
}

export function divert(vehicle: string, to: Incident, reason: Schemas['DivertReason'], note = ''): CommandAtCentre {
  return { centre: to.centre, command: { type: 'divert_vehicle', vehicle, to_incident: to.id, reason, note } };
}

export const amend = ({ id, centre }: Incident, changes: Schemas['IncidentChanges']): CommandAtCentre => ({
  centre,
  command: { type: 'amend_incident', incident: id, changes },
});

export const separate = ({ id, centre }: Incident, call: Call): CommandAtCentre => ({
  centre,
  command: { type: 'separate_call', incident: id, call: call.id },
});

export const changeOutcome = (
  { id, centre }: Incident,
  call: Call,
  outcome: Schemas['CallOutcome'],
): CommandAtCentre => ({
  centre,
  command: { type: 'change_outcome', incident: id, call: call.id, outcome },
});

export const suspend = ({ id, centre }: Incident, reason: Schemas['SuspendReason'], note = ''): CommandAtCentre => ({
  centre,
  command: { type: 'suspend_incident', incident: id, reason, note },
});

export const resume = ({ id, centre }: Incident): CommandAtCentre => ({
  centre,
  command: { type: 'resume_incident', incident: id },
});

export const refuse = ({ id, centre }: Incident, reason: Schemas['RefuseReason'], note = ''): CommandAtCentre => ({
  centre,
  command: { type: 'refuse_incident', incident: id, reason, note },
});

export const cancel = ({ id, centre }: Incident, reason: Schemas['CancelReason'], note = ''): CommandAtCentre => ({
  centre,
  command: { type: 'cancel_incident', incident: id, reason, note },
});

export const close = ({ id, centre }: Incident): CommandAtCentre => ({
  centre,
  command: { type: 'close_incident', incident: id },
});

export const account = ({ id, centre }: Incident, { patients, carried }: AccountChanges): CommandAtCentre => ({
  centre,
  command: { type: 'account_for_patients', incident: id, patients, ...(carried === undefined ? {} : { carried }) },
});

export const want = ({ id, centre }: Incident, vehicles: number): CommandAtCentre => ({
  centre,
  command: { type: 'want_vehicles', incident: id, vehicles },
});

export const resend = (centre: string, { id }: Task): CommandAtCentre => ({
  centre,
  command: { type: 'resend_order', task: id },
});

// The crew was told by radio what changed; nothing that changes after this is covered.
export const acknowledgeChange = (centre: string, { id, changes }: Task): CommandAtCentre => ({
  centre,
  command: {
    type: 'acknowledge_order_change',
    task: id,
    through: Math.max(0, ...(changes ?? []).map(({ version }) => version)),
  },
});

export const reopen = ({ id, centre }: Incident, note = ''): CommandAtCentre => ({
  centre,
  command: { type: 'reopen_incident', incident: id, note },
});

export const addNote = ({ id, centre }: Incident, text: string): CommandAtCentre => ({
  centre,
  command: { type: 'add_note', incident: id, text },
});

export const recordMilestone = (
  centre: string,
  { id }: Task,
  milestone: Milestone,
  details: Schemas['MilestoneDetails'] = {},
): CommandAtCentre => ({
  centre,
  command: { type: 'record_milestone', task: id, milestone, details },
});

export const correct = (
  centre: string,
  { id }: Task,
  milestone: Milestone,
  trulyAt: number,
  note: string,
): CommandAtCentre => ({
  centre,
  command: { type: 'correct_milestone', task: id, milestone, truly_at: trulyAt, note },
});

export const correctDetails = (
  centre: string,
  { id }: Task,
  changes: Schemas['DetailChanges'],
  note: string,
): CommandAtCentre => ({
  centre,
  command: { type: 'correct_details', task: id, changes, note },
});

export const undo = (centre: string, { id }: Task, milestone: Milestone): CommandAtCentre => ({
  centre,
  command: { type: 'undo_milestone', task: id, milestone },
});

export const abort = (centre: string, { id }: Task, reason: Schemas['AbortReason'], note = ''): CommandAtCentre => ({
  centre,
  command: { type: 'abort_task', task: id, reason, note },
});

export const pause = ({ id, centre }: Vehicle, reason: Schemas['PauseReason'], note = ''): CommandAtCentre => ({
  centre,
  command: { type: 'pause_vehicle', vehicle: id, reason, note },
});

type PlainVehicleCommand = 'resume_vehicle' | 'go_off_duty' | 'go_on_duty' | 'return_to_station';

export const vehicleCommand = ({ id, centre }: Vehicle, type: PlainVehicleCommand): CommandAtCentre => ({
  centre,
  command: { type, vehicle: id },
});

export const lend = ({ id, centre }: Vehicle, to: string, note = ''): CommandAtCentre => ({
  centre,
  command: { type: 'lend_vehicle', vehicle: id, to, note },
});

export const settleReport = ({ id, centre }: Vehicle, keep: boolean, note = ''): CommandAtCentre => ({
  centre,
  command: { type: 'settle_crew_report', vehicle: id, keep, note },
});

export const seeRefused = ({ id, centre }: Vehicle): CommandAtCentre => ({
  centre,
  command: { type: 'see_refused_presses', vehicle: id },
});

// The next order of a vehicle that is still at a hospital: it begins as its crew gets free.
export const giveFollowOn = (vehicle: string, { id, centre }: Incident): CommandAtCentre => ({
  centre,
  command: { type: 'give_follow_on', vehicle, incident: id },
});

export const withdrawFollowOn = ({ id, centre }: Vehicle): CommandAtCentre => ({
  centre,
  command: { type: 'withdraw_follow_on', vehicle: id },
});

export const clearSos = ({ id, centre }: Vehicle, note: string): CommandAtCentre => ({
  centre,
  command: { type: 'clear_sos', vehicle: id, note },
});

export const sendMessage = ({ id, centre }: Vehicle, text: string): CommandAtCentre => ({
  centre,
  command: { type: 'send_message', vehicle: id, text },
});

// All that the crew wrote through a number is seen; without words that is the whole answer.
export const answerCrew = ({ id, centre }: Vehicle, through: number, text = ''): CommandAtCentre => ({
  centre,
  command: { type: 'answer_crew', vehicle: id, through, text },
});

// A suggestion is answered by its number: what is accepted is what was read.
export const acceptMove = ({ id, centre }: Vehicle, number: number): CommandAtCentre => ({
  centre,
  command: { type: 'accept_move', vehicle: id, number },
});

export const ignoreMove = (
  { id, centre }: Vehicle,
  number: number,
  reason: Schemas['MoveIgnoreReason'],
): CommandAtCentre => ({ centre, command: { type: 'ignore_move', vehicle: id, number, reason, note: '' } });

export const giveMove = ({ id, centre }: Vehicle, station: string): CommandAtCentre => ({
  centre,
  command: { type: 'give_move', vehicle: id, station },
});

export const acknowledgeMove = ({ id, centre }: Vehicle, station: string): CommandAtCentre => ({
  centre,
  command: { type: 'acknowledge_move', vehicle: id, station },
});

export const withdrawMove = ({ id, centre }: Vehicle): CommandAtCentre => ({
  centre,
  command: { type: 'withdraw_move', vehicle: id },
});

export const setMoveAdvice = (centre: string, advice: Schemas['MoveAdvice']): CommandAtCentre => ({
  centre,
  command: { type: 'set_move_advice', advice },
});

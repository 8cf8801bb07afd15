import type { Command } from '../api/types';

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
};

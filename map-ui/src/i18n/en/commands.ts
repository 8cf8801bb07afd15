import type { CommandType } from '../../commands/commands';

// What stands on the button that issues a command.
export const labels = {
  reopen_incident: 'Reopen',
  amend_incident: 'Amend',
  suspend_incident: 'Suspend',
  resume_incident: 'Resume',
  close_incident: 'Close incident',
  refuse_incident: 'Refuse',
  cancel_incident: 'Cancel incident',
  add_note: 'Add note',
  clear_sos: 'SOS dealt with',
  pause_vehicle: 'Pause',
  resume_vehicle: 'Resume',
  return_to_station: 'Back at station',
  go_off_duty: 'Off duty',
  go_on_duty: 'On duty',
  lend_vehicle: 'Lend to',
  assign_crew: 'Assign crew',
  separate_call: 'Take apart',
  abort_task: 'Abort task',
  divert_vehicle: 'Divert…',
  resend_order: 'Send again',
  acknowledge_order_change: 'Told by radio',
  correct_milestone: 'Correct',
  undo_milestone: 'Take back',
  accept_move: 'Accept',
  ignore_move: 'Ignore',
  give_move: 'Send there',
  acknowledge_move: 'Told by radio',
  withdraw_move: 'Withdraw move',
} satisfies Partial<Record<CommandType, string>>;

// What has happened, in a word, by kind of event.
export const log: Record<string, string> = {
  incident_opened: 'Incident opened',
  call_taken: 'Call taken',
  call_separated: 'Call taken apart',
  call_concluded: 'Call concluded',
  incident_amended: 'Incident amended',
  incident_suspended: 'Suspended',
  incident_resumed: 'Resumed',
  incident_refused: 'Refused',
  incident_cancelled: 'Cancelled',
  incident_closed: 'Closed',
  incident_reopened: 'Reopened',
  note_added: 'Note',
  vehicles_wanted: 'Vehicles wanted',
  patients_accounted: 'Patients told',
  order_resent: 'Order sent again',
  order_change_acknowledged: 'Change seen',
  order_lapsed: 'Order not received',
  task_created: 'Vehicle sent',
  device_receipt_recorded: 'Terminal receipt',
  milestone_reached: 'Milestone',
  milestone_corrected: 'Milestone corrected',
  task_details_corrected: 'Task corrected',
  milestone_undone: 'Milestone taken back',
  task_aborted: 'Task aborted',
  task_redirected: 'Diverted',
  vehicle_paused: 'Paused',
  vehicle_resumed: 'Resumed',
  vehicle_went_off_duty: 'Off duty',
  vehicle_came_on_duty: 'On duty',
  vehicle_returned_to_station: 'Back at station',
  crew_assigned: 'Crew changed',
  vehicle_handed_over: 'Handed over',
  vehicle_taken_over: 'Taken over',
  hand_over_confirmed: 'Hand-over confirmed',
  sos_raised: 'SOS',
  sos_cleared: 'SOS dealt with',
  crew_act_refused: 'Crew command refused',
  terminal_trouble_noted: 'Terminal trouble',
  vehicle_enrolled: 'Vehicle enrolled',
  vehicle_amended: 'Vehicle amended',
  vehicle_retired: 'Vehicle retired',
  milestone_reported: 'crew report',
  crew_report_settled: 'report settled',
  crew_away_reported: 'crew was away',
  crew_back_reported: 'crew is back',
  refused_presses_seen: 'refused presses seen',
  follow_on_given: 'next order',
  follow_on_acknowledged: 'next order seen',
  follow_on_ended: 'next order ended',
  move_advice_set: 'advice on moves',
  move_suggested: 'move suggested',
  move_suggestion_ended: 'suggestion ended',
  move_given: 'move',
  move_acknowledged: 'move seen',
  standby_reached: 'waits at station',
  move_withdrawn: 'move withdrawn',
  clock_corrected: 'Clock set right',
  journal_set_back: 'Journal set back',
};

// One line of the log by kind of event. A part in brackets is left out when a blank in it was not told.
export const sentences: Record<string, string> = {
  incident_opened: 'Incident {incident} opened: [{priority}, ][{kind}, ][{address}]',
  call_taken: 'Call taken for {incident}[: {priority}][, {address}][, “{complaint}”]',
  call_separated: 'Call {call_id} taken apart from {incident}, now {to}',
  call_concluded: 'Call for {incident} concluded: {outcome}[, {reason}][ ({note})]',
  incident_amended:
    '{incident} amended[, kind now {kind}][, priority now {priority}][, accident level now ' +
    '{accident_level}][, address now {address}][, waiting address now {waiting}][, hospital now ' +
    '{destination}][, complaint now “{complaint}”][, wanted at {appointment_at}][, vehicle now ' +
    '{vehicle_kind}][, equipment now {equipment}][, position now {position}][, waiting position now ' +
    '{waiting_position}][, source now {source}][, exercise: {exercise}][, {vehicles} vehicle(s) wanted]' +
    '[, {patient_count} patient(s)][, changed in the call: {changed}]',
  incident_suspended: '{incident} suspended: {reason}[ ({note})]',
  incident_resumed: '{incident} resumed',
  incident_refused:
    '{incident} refused: {reason}[ ({note})][, confirmed that nobody goes for {unaccounted} patient(s)]',
  incident_cancelled:
    '{incident} cancelled: {reason}[ ({note})][, confirmed that nobody goes for {unaccounted} patient(s)]' +
    '[, crew at the scene asked: {at_scene}][, known to be out of touch: {out_of_touch}][, known to have ' +
    'a patient on board: {on_board}]',
  incident_closed: '{incident} closed[, confirmed that nobody goes for {unaccounted} patient(s)]',
  incident_reopened: '{incident} reopened[: {note}]',
  vehicles_wanted: '{incident} wants {vehicles} vehicle(s)',
  patients_accounted:
    'Patients of {incident}[: {counted_at_scene} at the scene in all][, {patients_carried} carried][, ' +
    '{treated_at_scene} treated at the scene][, {refused_transport} refused transport][, {dead_at_scene} ' +
    'dead at the scene][, {not_found} not found][, {carried_by_others} carried by others][ ({note})]',
  order_resent: 'Order sent again to {vehicle}[ ({incident})]',
  order_change_acknowledged: 'The crew of {vehicle} has seen what changed in its order[ ({incident})]',
  order_lapsed: '{vehicle} never received its order; it has run out[ ({incident})]',
  note_added: 'Note on {incident}: {note}',
  task_created:
    '{vehicle} sent to {incident}[, {from}][, of {offered} offered it was number {rank}][, estimated ' +
    '{total_seconds} s][ ({method})][, taken from task {previous_task}]',
  device_receipt_recorded: 'The terminal of {vehicle} has the order[ ({incident})]',
  milestone_reached:
    '{vehicle}: {milestone}[, {hospital}][, {patients_carried} carried][, {counted_at_scene} at the ' +
    'scene in all][, {treated_at_scene} treated there][, {refused_transport} refused transport][, ' +
    '{dead_at_scene} dead there][, {not_found} not found][, {carried_by_others} carried by others][, ' +
    '{distance_km} km driven][ ({incident})]',
  milestone_corrected:
    '{vehicle}: time of “{milestone}” corrected[ from {was_at}] to {truly_at}[: {note}][ ({incident})]',
  task_details_corrected:
    '{vehicle}: what was told is put right[, to {hospital}][, {patients_carried} carried][, ' +
    '{counted_at_scene} at the scene in all][, ' +
    '{distance_km} km][, {treated_at_scene} treated at scene][, {refused_transport} refused][, ' +
    '{dead_at_scene} dead][, {not_found} not found][, {carried_by_others} carried by others][: {note}][ ' +
    '({incident})]',
  milestone_undone: '“{milestone}” of {vehicle} taken back[ ({incident})]',
  task_aborted:
    'Task of {vehicle} aborted: {reason}[ ({note})][ ({incident})][, crew at the scene asked: {at_scene}]' +
    '[, known to be out of touch: {out_of_touch}][, known to have a patient on board: {on_board}]',
  task_redirected:
    '{vehicle} diverted[ from {incident}] to {to}: {reason}[ ({note})][, crew at the scene asked: ' +
    '{at_scene}][, known to be out of touch: {out_of_touch}][, known to have a patient on board: ' +
    '{on_board}]',
  vehicle_paused: '{vehicle} paused: {reason}[ ({note})]',
  vehicle_resumed: '{vehicle} may be sent again',
  vehicle_went_off_duty: '{vehicle} went off duty',
  vehicle_came_on_duty: '{vehicle} came on duty',
  vehicle_returned_to_station: '{vehicle} is back at its station',
  crew_assigned: 'Crew of {vehicle} changed[: {crew}]',
  vehicle_handed_over: '{vehicle} handed over to {to}[: {note}]',
  vehicle_taken_over: '{vehicle} taken over from {from}[: {note}]',
  hand_over_confirmed: 'Hand-over of {vehicle} confirmed',
  sos_raised: '{vehicle} calls for help',
  sos_cleared: 'Call for help of {vehicle} dealt with[: {note}]',
  crew_act_refused: 'A command of the crew of {vehicle} was not accepted[: {code}]',
  terminal_trouble_noted:
    'Terminal of {vehicle}: {trouble}[ ({cause})][, commands {missing} are not in the journal][, {moved} presses moved][ (number {number})]',
  vehicle_enrolled: 'Vehicle {vehicle} enrolled[, call sign {call_sign}][, station {station}]',
  vehicle_amended: 'Vehicle {vehicle} amended[, call sign {call_sign}][, station {station}]',
  vehicle_retired: 'Vehicle {vehicle} retired',
  milestone_reported:
    'The crew of {vehicle} reports {milestone}[, to {hospital}][, {patients_carried} carried][ ({incident})]',
  crew_report_settled: 'Report of the crew of {vehicle} settled: {kept}[: {note}][ ({incident})]',
  crew_away_reported: '{vehicle} was {state} before it was sent; task {task} has not begun, its incident waits again',
  crew_back_reported: '{vehicle} is back and can do task {task}',
  refused_presses_seen: 'Refused presses of {vehicle} seen',
  follow_on_given: '{vehicle} goes to {incident} when free, holds until {expires_at}',
  follow_on_acknowledged: '{vehicle} has seen that {incident} is next',
  follow_on_ended: '{vehicle} no longer promised to {incident}: {why}',
  move_advice_set: 'Advice on moves: {advice}',
  move_suggested:
    'Suggested: {vehicle} to {station}[, uncovered {uncovered_seconds} s], covered {covered_before} to {covered_after}, until {expires_at}',
  move_suggestion_ended: 'Suggestion for {vehicle}: {end}[ ({reason})][: {note}], silent until {silent_until}',
  move_given: '{vehicle} is to wait at {station}[ (suggestion {suggestion})]',
  move_acknowledged: '{vehicle} sets out for {station}',
  standby_reached: '{vehicle} waits at {station}',
  move_withdrawn: '{vehicle} is not to wait at {station} any more',
  clock_corrected: 'Clock set right: earlier entries run ahead to {newest}; what is under way counts anew from here',
  journal_set_back:
    'The journal was set back[ from record {from_version}] to {to_version}: what was recorded after it ' +
    'is lost[; check incidents {incidents}]',
};

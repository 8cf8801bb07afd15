export const log: Record<string, string> = {
  incident_opened: 'Incident opened', call_taken: 'Call taken', call_separated: 'Call taken apart', call_concluded: 'Call concluded', incident_amended: 'Incident amended', incident_suspended: 'Suspended',
  incident_resumed: 'Resumed', incident_refused: 'Refused', incident_cancelled: 'Cancelled', incident_closed: 'Closed', incident_reopened: 'Reopened',
  note_added: 'Note', vehicles_wanted: 'Vehicles wanted', patients_accounted: 'Patients told', order_resent: 'Order sent again', order_change_acknowledged: 'Change seen', order_lapsed: 'Order not received', task_created: 'Vehicle sent', device_receipt_recorded: 'Terminal receipt', milestone_reached: 'Milestone', milestone_corrected: 'Milestone corrected',
  task_details_corrected: 'Task corrected', milestone_undone: 'Milestone taken back', task_aborted: 'Task aborted', task_redirected: 'Redirected', vehicle_paused: 'Paused', vehicle_resumed: 'Resumed',
  vehicle_went_off_duty: 'Off duty', vehicle_came_on_duty: 'On duty', vehicle_returned_to_station: 'Back at station', crew_assigned: 'Crew changed',
  vehicle_handed_over: 'Handed over', vehicle_taken_over: 'Taken over', hand_over_confirmed: 'Hand-over confirmed', sos_raised: 'SOS', sos_cleared: 'SOS dealt with',
  crew_act_refused: 'Crew act refused', terminal_trouble_noted: 'Terminal trouble', vehicle_enrolled: 'Vehicle enrolled', vehicle_amended: 'Vehicle amended', vehicle_retired: 'Vehicle retired',
  milestone_reported: 'crew report', crew_report_settled: 'report settled', crew_away_reported: 'crew was away', crew_back_reported: 'crew is back', refused_presses_seen: 'refused presses seen', follow_on_given: 'next order', follow_on_acknowledged: 'next order seen', follow_on_ended: 'next order ended',
  clock_corrected: 'Clock set right',
  journal_set_back: 'Journal set back',
};

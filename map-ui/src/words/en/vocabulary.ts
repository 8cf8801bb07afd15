import type { vocabulary as zh } from '../zh/vocabulary';

export const vocabulary: typeof zh = {
  Equipment: {
    defibrillator: 'defibrillator', ventilator: 'ventilator', monitor: 'monitor', oxygen: 'oxygen', suction: 'suction', infusion_pump: 'infusion pump',
    incubator: 'incubator', negative_pressure_cabin: 'negative pressure cabin', radio_relay: 'radio relay', satellite_link: 'satellite link',
  },
  RoadClass: {
    motorway: 'expressways', trunk: 'trunk roads', primary: 'main roads', secondary: 'county roads', tertiary: 'streets', residential: 'residential streets',
    service: 'service roads', unclassified: 'minor roads', living_street: 'living streets', track: 'tracks',
  },
  Surroundings: { urban: 'town', rural: 'country' },
  VehicleState: {
    task_assigned: 'Task assigned', order_received: 'Order received', to_scene: 'To scene', at_scene: 'At scene', patient_on_board: 'Patient on board',
    at_hospital: 'At hospital', available_on_road: 'Free on road', available_at_station: 'At station', off_duty: 'Off duty', paused: 'Paused',
  },
  Milestone: {
    created: 'Task created', order_received: 'Order received', departed: 'Departed', at_scene: 'At scene', left_scene: 'Left scene',
    at_hospital: 'At hospital', finished: 'Finished', back_at_station: 'Back at station',
  },
  OrderPart: {
    kind: 'kind', priority: 'priority', scene: 'scene', waiting: 'waiting place', destination: 'hospital', complaint: 'complaint', appointment: 'appointment', contact: 'contact',
    patient: 'patient', patient_count: 'number of patients', stretcher: 'stretcher', special_needs: 'special needs', notes: 'note', with_vehicles: 'vehicles with it',
  },
  VehicleKind: { basic: 'Basic', intensive_care: 'Intensive care', negative_pressure: 'Negative pressure', neonatal: 'Neonatal', command: 'Command' },
  Priority: { critical: 'I critical', severe: 'II severe', urgent: 'III urgent', non_urgent: 'IV not urgent' },
  IncidentKind: {
    illness: 'Illness', injury: 'Injury', traffic_accident: 'Traffic accident', maternity: 'Maternity', poisoning: 'Poisoning', transfer: 'Transfer',
    standby: 'Standby', mass_casualty: 'Mass casualty', other: 'Other',
  },
  IncidentSource: { phone: '120 call', app: 'App', police: '110', fire: '119', traffic_police: '122', hospital: 'Hospital' },
  AccidentLevel: { ordinary: 'Ordinary', general: 'IV general', larger: 'III larger', major: 'II major', extra_major: 'I extra major' },
  PlaceSource: {
    address_search: 'address list', map_click: 'map click', phone_location: 'phone location', caller_words: 'told by caller', other_service: 'other service',
  },
  Sex: { male: 'Male', female: 'Female', unknown: 'Unknown' },
  CrewRole: { driver: 'Driver', doctor: 'Doctor', nurse: 'Nurse', stretcher_bearer: 'Stretcher bearer' },
  SuspendReason: { awaiting_vehicle: 'Awaiting vehicle', awaiting_caller: 'Awaiting caller', awaiting_other_service: 'Awaiting other service', other: 'Other' },
  RefuseReason: { out_of_area: 'Out of area', not_medical: 'Not medical', conditions_not_accepted: 'Conditions not accepted', other: 'Other' },
  CancelReason: {
    caller_cancelled: 'Caller cancelled', went_by_themselves: 'Went by themselves', gone_on_arrival: 'Gone on arrival', nuisance: 'Nuisance call',
    duplicate: 'Duplicate', dealt_with_by_others: 'Dealt with by others', other: 'Other',
  },
  AbortReason: {
    incident_cancelled: 'Incident cancelled', vehicle_breakdown: 'Breakdown', road_accident: 'Road accident', road_blocked: 'Road blocked',
    gone_on_arrival: 'Gone on arrival', patient_refused: 'Patient refused', crew_unable: 'Crew unable', sent_by_mistake: 'Sent by mistake', other: 'Other',
  },
  RedirectReason: { higher_priority: 'Higher priority', nearer: 'Nearer', better_equipped: 'Better equipped', other: 'Other' },
  PauseReason: { fuel: 'Fuel', meal: 'Meal', repair: 'Repair', disinfection: 'Disinfection', restock: 'Restock', other: 'Other' },
  FixQuality: { fresh: 'fresh', late: 'late', suspect: 'suspect', frozen: 'frozen' },
  Role: {
    call_taker: 'Call-taker', dispatcher: 'Dispatcher', supervisor: 'Supervisor', regional_duty_officer: 'Regional duty officer', hospital: 'Hospital', administrator: 'Administrator',
  },
  IncidentStage: {
    appointment: 'Appointment', waiting: 'Waiting', running: 'Running', not_received: 'Order not received', to_decide: 'Close, or who goes?', suspended: 'Suspended', refused: 'Refused', cancelled: 'Cancelled', closed: 'Closed',
  },
  NotComing: { away: 'Crew has gone: not coming', other_patient: 'Has another patient: not coming' },
  TaskStage: { running: 'Running', finished: 'Finished', aborted: 'Aborted', redirected: 'Redirected' },
  DeadlineKind: {
    answer: 'Answer', order: 'Order', device_receipt: 'Receipt', order_change: 'Change seen', crew_acknowledgement: 'Acknowledge', departure: 'Departure', scene: 'At scene',
    silent_vehicle: 'No signal', overdue_in_state: 'This state', follow_on: 'promised vehicle free', recheck: 'Recheck', appointment: 'Appointment', close_decision: 'Decide',
  },
  TravelMethod: { straight_line: 'by straight line', road: 'by road' },
  Speciality: { chest_pain: 'chest pain', stroke: 'stroke', trauma: 'trauma', maternity: 'maternity', neonatal: 'neonatal', paediatrics: 'paediatrics', psychiatry: 'psychiatry', infectious: 'infectious' },
  SetOutFrom: { station: 'from its station', road: 'from the road' },
  ArrivalGoal: { scene: 'to scene', hospital: 'to hospital' },
  RoadConditionKind: { closed: 'closed', slow: 'slow' },
  TurnKind: {
    depart: 'Set off', depart_turning_round: 'Turn round and set off', continue: 'Go on', slight_right: 'Bear right', right: 'Turn right', sharp_right: 'Sharp right', turn_back: 'Turn back',
    sharp_left: 'Sharp left', left: 'Turn left', slight_left: 'Bear left', roundabout: 'Roundabout', enter_expressway: 'Enter expressway', leave_expressway: 'Leave expressway', arrive: 'Arrive',
  },
  CandidateWarning: {
    position_unknown: 'place unknown', on_exercise: 'on an exercise',
    position_stale: 'position is old', position_of_station: 'no fix, station taken', offline: 'terminal offline', takes_from_other: 'taken from another patient',
    not_fully_equipped: 'lacks equipment', other_centre: 'other centre',
  },
  RenewalReason: {
    centre_behind: 'the centre’s journal was set back', terminal_behind: 'the terminal was set back', number_used_twice: 'a number was used twice', outbox_damaged: 'its outbox was damaged',
  },
  ReceiverState: { good: 'receiver date right', date_wrong: 'receiver date wrong' },
  StorageState: { healthy: 'stores', failing: 'disk is failing' },
  PositionSource: { fix: 'fix', station: 'its station taken', last_known: 'last known place' },
  RejectionReason: {
    at_other_scene: 'at another scene',
    serves_patient: 'serves a patient',
    off_duty: 'off duty', paused: 'paused', patient_on_board: 'patient on board', on_equal_or_higher_priority: 'on an equal or more urgent task',
    already_on_incident: 'already on this incident', carries_no_patient: 'carries no patient', other_centre: 'other centre', no_position: 'no position', no_command_vehicle: 'command vehicle', unreachable: 'no road there',
  },
  EndedHow: { finished: 'finished', cancelled: 'incident cancelled', aborted: 'aborted', redirected: 'redirected' },
  TerminalFault: { storage_failing: 'terminal disk fails, presses are not stored there', receiver_date_wrong: "receiver's date is wrong: positions count as old, ask by radio" },
  PartState: { working: 'working', degraded: 'slow', down: 'down' },
  NormKind: { order: 'order sent', departure: 'departure', response: 'first at scene' },
  exercise: { true: 'yes', false: 'no' },
  callField: { caller_number: 'caller’s number', contact_name: 'contact', contact_phone: 'contact’s phone', patient_name: 'patient’s name', patient_sex: 'patient’s sex', patient_age_years: 'patient’s age', stretcher: 'stretcher', special_needs: 'special needs' },
  kept: { true: 'the patient is kept', false: 'the press was wrong' },
  followOnEnd: { withdrawn: 'withdrawn', expired: 'expired', incident_over: 'the incident ended or waits', vehicle_not_free: 'the vehicle cannot come' },
  trouble: {
    outbox_renewed: 'it numbers its presses anew', acts_missing: 'confirmed presses are missing here', number_used_twice: 'one number came with two different presses',
    press_repeated: 'a recorded press came again under a new number', storage_failing: 'its disk fails, what it sends is not stored there', storage_recovered: 'its disk works again',
    receiver_date_wrong: "its receiver's date is wrong, so its positions count as old", receiver_date_right: "its receiver's date is right again",
    links_take_turns: 'its links end one another again and again; are there two terminals with one key?',
  },
  cause: { centre_behind: 'the journal was set back', terminal_behind: 'the terminal was set back or cloned', number_used_twice: 'a number was used twice', outbox_damaged: 'its store was damaged' },
  outcome: {
    open: 'Open', dispatched: 'Dispatched', suspended: 'Suspended', refused: 'Refused', cancelled: 'Cancelled', reassigned: 'Reassigned',
    consultation: 'Consultation', nuisance: 'Nuisance', repeat: 'Repeat call',
  },
};

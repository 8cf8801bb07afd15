import type { components } from './schema';

export type Schemas = components['schemas'];

export type Command = Schemas['Command'];
export type CommandRequest = Schemas['CommandRequest'];
export type CommandAnswer = Schemas['CommandAnswer'];
export type Problem = Schemas['Problem'];
export type Position = Schemas['Position'];
export type Place = Schemas['Place'];
export type PlaceFound = Schemas['PlaceFound'];
export type Region = Schemas['RegionView'];
export type Centre = Schemas['CentreView'];
export type Station = Schemas['StationView'];
export type Session = Schemas['SessionView'];
export type Person = Schemas['PersonView'];
export type Incident = Schemas['IncidentView'];
export type Call = Schemas['CallView'];
export type Task = Schemas['TaskView'];
export type Vehicle = Schemas['VehicleView'];
export type VehicleState = Schemas['VehicleState'];
export type Milestone = Schemas['Milestone'];
export type Priority = Schemas['Priority'];
export type Deadline = Schemas['Deadline'];
export type Stamp = Schemas['Stamp'];
export type Origin = Schemas['OriginView'];
export type LogEntry = Schemas['LogEntry'];
export type FeedMessage = Schemas['FeedMessage'];
export type ConsoleMessage = Schemas['ConsoleMessage'];
export type ServiceState = Schemas['ServiceState'];
export type Recommendation = Schemas['Recommendation'];
export type Candidate = Schemas['Candidate'];
export type Arrival = Schemas['ArrivalView'];
export type Route = Schemas['RouteView'];
export type RoadCondition = Schemas['RoadConditionView'];
export type HospitalChoice = Schemas['HospitalChoice'];
export type Duplicate = Schemas['DuplicateCandidate'];

// Every value once, in its order; one that is missing does not compile.
const listed = <Values extends Record<string, true>>(values: Values) =>
  Object.keys(values) as readonly (keyof Values)[];

export const VEHICLE_STATES = listed<Record<VehicleState, true>>({
  task_assigned: true,
  order_received: true,
  to_scene: true,
  at_scene: true,
  patient_on_board: true,
  at_hospital: true,
  available_on_road: true,
  available_at_station: true,
  off_duty: true,
  paused: true,
});

export const MILESTONES = listed<Record<Milestone, true>>({
  created: true,
  order_received: true,
  departed: true,
  at_scene: true,
  left_scene: true,
  at_hospital: true,
  finished: true,
  back_at_station: true,
});

export const PRIORITIES = listed<Record<Priority, true>>({
  critical: true,
  severe: true,
  urgent: true,
  non_urgent: true,
});

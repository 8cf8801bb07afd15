import type { components } from './schema';

export type Schemas = components['schemas'];

export type Command = Schemas['Command'];
export type ActRequest = Schemas['ActRequest'];
export type ActAnswer = Schemas['ActAnswer'];
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
export type Acceptance = Schemas['AcceptanceView'];
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

export const VEHICLE_STATES: readonly VehicleState[] = [
  'task_assigned',
  'order_received',
  'to_scene',
  'at_scene',
  'patient_on_board',
  'at_hospital',
  'available_on_road',
  'available_at_station',
  'off_duty',
  'paused',
];

export const MILESTONES: readonly Milestone[] = [
  'created',
  'order_received',
  'departed',
  'at_scene',
  'left_scene',
  'at_hospital',
  'finished',
  'back_at_station',
];

export const PRIORITIES: readonly Priority[] = ['critical', 'severe', 'urgent', 'non_urgent'];

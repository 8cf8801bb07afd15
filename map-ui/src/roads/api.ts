import { call, get, query } from '../api/http';
import type { HospitalChoice, Position, RoadCondition, Route, Schemas } from '../api/types';

export type Origin = { vehicle: string } | { station: string };
export const REACH_MINUTES = [5, 10, 15] as const;

const name = encodeURIComponent;

export const routeOfTask = (task: string): Promise<Route> => get(`/tasks/${name(task)}/route`);
export const reachOf = (origin: Origin): Promise<Schemas['IsochroneView']> =>
  get(query('/isochrones', { ...origin, minutes: REACH_MINUTES.join(',') }));
export const hospitalsFor = (from: { incident: string } | Position, speciality: string): Promise<HospitalChoice[]> =>
  get(query('/hospital-choices', { ...from, speciality }));
export const conditionsNow = (): Promise<RoadCondition[]> => get('/road-conditions');
export const drawCondition = (condition: Schemas['RoadConditionRequest']): Promise<RoadCondition> =>
  call('POST', '/road-conditions', condition);
export const endCondition = (id: string): Promise<void> => call('DELETE', `/road-conditions/${name(id)}`);
export const travelTimes = (): Promise<Schemas['TravelTimesReport']> => get('/reports/travel-times');
export const switchProfile = (profile: Schemas['TravelProfileRequest']): Promise<void> =>
  call('POST', '/travel-profile', profile);

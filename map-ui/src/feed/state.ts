import type { Arrival, FeedMessage, Incident, LogEntry, Schemas, ServiceState, Vehicle } from '../api/types';

export interface FeedState {
  epoch: string | null;
  versions: ReadonlyMap<string, number>;
  incidents: ReadonlyMap<string, Incident>;
  vehicles: ReadonlyMap<string, Vehicle>;
  log: readonly LogEntry[];
  service: ServiceState;
  // By task; the whole list comes anew every few seconds.
  arrivals: ReadonlyMap<string, Arrival>;
  caughtUp: boolean;
}

export type Step = { state: FeedState; missed: boolean };

// The log on screen is for the last hour of a busy shift; the whole of it is asked from the server.
export const LOG_LINES = 500;
// Ended incidents kept for reopening; a province ends about 300 a day.
export const ENDED_KEPT = 300;

export const nothingYet: FeedState = {
  epoch: null,
  versions: new Map(),
  incidents: new Map(),
  vehicles: new Map(),
  log: [],
  service: { journal: 'working', history: 'working' },
  arrivals: new Map(),
  caughtUp: false,
};

export function reduce(state: FeedState, message: FeedMessage): Step {
  switch (message.type) {
    case 'snapshot':
      return step({ ...fromSnapshot(message), arrivals: state.arrivals });
    case 'changes':
      return withChanges(state, message);
    case 'caught_up':
      return step({ ...state, epoch: message.epoch, caughtUp: true });
    case 'link':
      return step(withLink(state, message.vehicle, message.online));
    case 'service':
      return step({ ...state, service: serviceOf(message) });
    case 'arrivals':
      return step({ ...state, arrivals: new Map(message.arrivals.map((arrival) => [arrival.task, arrival])) });
    case 'pong':
    case 'closing':
      return step(state);
  }
}

export function seenVersions(state: FeedState): Schemas['SeenVersion'][] {
  return [...state.versions].map(([centre, version]) => ({ centre, version }));
}

export const isOver = (incident: Incident): boolean =>
  incident.stage === 'closed' || incident.stage === 'cancelled' || incident.stage === 'refused';

const step = (state: FeedState): Step => ({ state, missed: false });

function serviceOf({ journal, history, others, clock, space }: ServiceState): ServiceState {
  return { journal, history, ...(others && { others }), ...(clock && { clock }), ...(space && { space }) };
}

function fromSnapshot(snapshot: Schemas['Snapshot']): Omit<FeedState, 'arrivals'> {
  return {
    epoch: snapshot.epoch,
    versions: new Map(snapshot.versions.map(({ centre, version }) => [centre, version])),
    incidents: new Map(snapshot.incidents.map((incident) => [incident.id, incident])),
    vehicles: new Map(snapshot.vehicles.map((vehicle) => [vehicle.id, vehicle])),
    log: snapshot.log.slice(-LOG_LINES),
    service: snapshot.service,
    caughtUp: true,
  };
}

function withChanges(state: FeedState, changes: Schemas['Changes']): Step {
  const seen = state.versions.get(changes.centre) ?? 0;
  if (changes.last_version <= seen) return step(state);
  if (changes.first_version > seen + 1) return { state, missed: true };
  const log = changes.log.filter((entry) => entry.version > seen);
  return step({
    ...state,
    versions: new Map(state.versions).set(changes.centre, changes.last_version),
    incidents: withIncidents(state.incidents, changes.incidents ?? []),
    vehicles: withVehicles(state.vehicles, changes),
    log: [...state.log, ...log].slice(-LOG_LINES),
  });
}

function withIncidents(old: ReadonlyMap<string, Incident>, changed: readonly Incident[]): ReadonlyMap<string, Incident> {
  if (changed.length === 0) return old;
  const incidents = new Map(old);
  for (const incident of changed) incidents.set(incident.id, incident);
  const ended = [...incidents.values()].filter(isOver);
  if (ended.length <= ENDED_KEPT) return incidents;
  ended.sort((a, b) => (a.ended_at ?? 0) - (b.ended_at ?? 0));
  for (const incident of ended.slice(0, ended.length - ENDED_KEPT)) incidents.delete(incident.id);
  return incidents;
}

function withVehicles(old: ReadonlyMap<string, Vehicle>, changes: Schemas['Changes']): ReadonlyMap<string, Vehicle> {
  const changed = changes.vehicles ?? [];
  const gone = changes.vehicles_gone ?? [];
  if (changed.length + gone.length === 0) return old;
  const vehicles = new Map(old);
  // The taker's journal may speak before the giver's: a vehicle is only gone from where it still is.
  for (const id of gone) if (vehicles.get(id)?.centre === changes.centre) vehicles.delete(id);
  for (const vehicle of changed) vehicles.set(vehicle.id, vehicle);
  return vehicles;
}

function withLink(state: FeedState, id: string, online: boolean): FeedState {
  const vehicle = state.vehicles.get(id);
  if (!vehicle || vehicle.online === online) return state;
  return { ...state, vehicles: new Map(state.vehicles).set(id, { ...vehicle, online }) };
}

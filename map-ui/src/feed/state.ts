import type { Arrival, FeedMessage, Incident, LogEntry, Schemas, ServiceState, Vehicle } from '../api/types';
import { isUnderWay } from '../tasks/standing';

export interface FeedState {
  epoch: string | null;
  versions: ReadonlyMap<string, number>;
  // The journal's hash at each of these versions; a server of an earlier release tells none.
  hashes: ReadonlyMap<string, string>;
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
  hashes: new Map(),
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
      return step(withoutStandstill({ ...fromSnapshot(message), arrivals: state.arrivals }));
    case 'changes':
      return withChanges(state, message);
    case 'caught_up':
      return isAhead(state, message) ? beginAnew(state) : step({ ...state, epoch: message.epoch, caughtUp: true });
    case 'link':
      return step(withLink(state, message.vehicle, message.online));
    case 'service':
      return step({ ...state, service: serviceOf(message) });
    case 'arrivals':
      return step(
        withoutStandstill({ ...state, arrivals: new Map(message.arrivals.map((arrival) => [arrival.task, arrival])) }),
      );
    case 'pong':
    case 'closing':
      return step(state);
  }
}

export function seenVersions(state: FeedState): Schemas['SeenVersion'][] {
  return [...state.versions].map(([centre, version]) => {
    const hash = state.hashes.get(centre);
    return hash === undefined ? { centre, version } : { centre, version, hash };
  });
}

export const isOver = (incident: Incident): boolean =>
  incident.stage === 'closed' || incident.stage === 'cancelled' || incident.stage === 'refused';

const step = (state: FeedState): Step => ({ state, missed: false });

// Without an epoch the next link begins with a snapshot: what is shown here is on a branch that the server does not have.
const beginAnew = (state: FeedState): Step => ({ state: { ...state, epoch: null, caughtUp: false }, missed: true });

// Servers of one journal have the first part of their epochs in common; a set-back gives them another one.
const journalOf = (epoch: string): string => epoch.split('.')[0] ?? epoch;

// Whether more was seen than the server has, or something else: the journal was set back.
function isAhead(state: FeedState, { epoch, versions }: Extract<FeedMessage, { type: 'caught_up' }>): boolean {
  if (state.epoch !== null && journalOf(state.epoch) !== journalOf(epoch)) return true;
  return versions.some(({ centre, version, hash }) => {
    const seen = state.versions.get(centre) ?? 0;
    const here = state.hashes.get(centre);
    return version < seen || (version === seen && !!hash && here !== undefined && hash !== here);
  });
}

function serviceOf({
  journal,
  history,
  positions_lost_at,
  others,
  clock,
  space,
  region,
  set_backs,
  standing_still,
  without_centre,
}: ServiceState): ServiceState {
  const more = {
    ...(positions_lost_at !== undefined && { positions_lost_at }),
    ...(space && { space }),
    ...(region && { region }),
    ...(set_backs && { set_backs }),
    ...(standing_still && { standing_still }),
    ...(without_centre && { without_centre }),
  };
  return { journal, history, ...(others && { others }), ...(clock && { clock }), ...more };
}

const hashesOf = (versions: readonly Schemas['SeenVersion'][]): ReadonlyMap<string, string> =>
  new Map(versions.flatMap(({ centre, hash }) => (hash ? [[centre, hash] as const] : [])));

function fromSnapshot(snapshot: Schemas['Snapshot']): Omit<FeedState, 'arrivals'> {
  return {
    epoch: snapshot.epoch,
    versions: new Map(snapshot.versions.map(({ centre, version }) => [centre, version])),
    hashes: hashesOf(snapshot.versions),
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
  const hashes = new Map(state.hashes);
  if (changes.last_hash) hashes.set(changes.centre, changes.last_hash);
  else hashes.delete(changes.centre);
  return step(
    withoutStandstill({
      ...state,
      versions: new Map(state.versions).set(changes.centre, changes.last_version),
      hashes,
      incidents: withIncidents(state.incidents, changes.incidents ?? []),
      vehicles: withVehicles(state.vehicles, changes),
      log: [...state.log, ...log].slice(-LOG_LINES),
    }),
  );
}

// The list of arrivals is seconds older than what happens to their tasks: no vehicle that does not come keeps a time or a
// way. A task that is not known here yet keeps its own.
function withoutStandstill(state: FeedState): FeedState {
  const stands = ({ incident, task }: Arrival): boolean => {
    const found = state.incidents.get(incident)?.tasks.find(({ id }) => id === task);
    return found !== undefined && !isUnderWay(found);
  };
  if (![...state.arrivals.values()].some(stands)) return state;
  return { ...state, arrivals: new Map([...state.arrivals].filter(([, arrival]) => !stands(arrival))) };
}

function withIncidents(
  old: ReadonlyMap<string, Incident>,
  changed: readonly Incident[],
): ReadonlyMap<string, Incident> {
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

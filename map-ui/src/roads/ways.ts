import type { Arrival, Incident, Route } from '../api/types';
import { collection } from '../map/features';

export interface Way {
  route: Route;
  use: 'task' | 'candidate';
  label: string;
}

export function wayFeatures(ways: readonly Way[]): GeoJSON.FeatureCollection {
  return collection(
    ways.filter(({ route }) => route.points.length > 1).map(({ route, use, label }) => ({
      type: 'Feature', geometry: { type: 'LineString', coordinates: route.points }, properties: { use, label, method: route.method },
    })),
  );
}

// The running tasks whose way is to be drawn, and a word that changes when a way must be asked for anew.
export function waysWanted(incident: Incident | null, arrivals: ReadonlyMap<string, Arrival>): { tasks: string[]; key: string } {
  const tasks = (incident?.tasks ?? []).filter(({ id, stage }) => stage === 'running' && arrivals.has(id)).map(({ id }) => id);
  const goals = tasks.map((id) => `${id} ${arrivals.get(id)?.goal} ${arrivals.get(id)?.off_route === true}`);
  return { tasks, key: goals.join('|') };
}

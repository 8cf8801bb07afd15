import type { Arrival, Incident, Route } from '../api/types';
import { collection } from '../map/features';
import { isUnderWay } from '../tasks/standing';

export interface Way {
  route: Route;
  use: 'task' | 'other' | 'candidate';
  label: string;
}

export function wayFeatures(ways: readonly Way[]): GeoJSON.FeatureCollection {
  return collection(
    ways
      .filter(({ route }) => route.points.length > 1)
      .map(({ route, use, label }) => ({
        type: 'Feature',
        geometry: { type: 'LineString', coordinates: route.points },
        properties: { use, label, method: route.method },
      })),
  );
}

export interface Wanted {
  task: string;
  // Changes when the way must be asked for anew.
  goal: string;
  // Of the incident that is looked at.
  chosen: boolean;
}

// So many ways are drawn beside those of the chosen incident: each is a question to the server, and more lines tell less.
const MOST_OTHERS = 40;

// The tasks under way whose way is to be drawn: the chosen incident's, and those that arrive next.
export function waysWanted(incident: Incident | null, arrivals: ReadonlyMap<string, Arrival>): Wanted[] {
  const tasks = incident?.tasks ?? [];
  const own = new Set(tasks.filter(isUnderWay).map(({ id }) => id));
  const standing = new Set(tasks.map(({ id }) => id).filter((id) => !own.has(id)));
  const coming = [...arrivals.values()].filter(({ task }) => !standing.has(task));
  const next = coming.filter(({ task }) => !own.has(task)).sort((a, b) => a.arrives_at - b.arrives_at);
  const chosen = coming.filter(({ task }) => own.has(task));
  const wanted = (all: Arrival[], isChosen: boolean): Wanted[] =>
    all.map(({ task, goal, off_route }) => ({ task, goal: `${goal} ${off_route}`, chosen: isChosen }));
  const others = wanted(next.slice(0, MOST_OTHERS), false).sort((a, b) => a.task.localeCompare(b.task));
  return [...others, ...wanted(chosen, true)];
}

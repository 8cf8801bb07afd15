import type { Incident, Vehicle } from '../api/types';
import { PRIORITIES } from '../api/types';
import { standsAtStation, type Whereabouts } from '../feed/whereabouts';
import { isOver } from '../feed/state';
import { meetingPosition } from '../incident/meeting';
import { incidentIcon } from './images';
import { OLD_AFTER_SECONDS } from './states';

// More labels than this cover the map they stand on.
export const LABELS_AT_MOST = 200;

const point = (lon: number, lat: number, properties: GeoJSON.GeoJsonProperties): GeoJSON.Feature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [lon, lat] },
  properties,
});

export const collection = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features,
});

export function incidentFeatures(
  incidents: readonly Incident[],
  selected: string | null,
  numberOf: (id: string) => string,
): GeoJSON.FeatureCollection {
  return collection(
    incidents.flatMap((incident) => {
      const position = incident.facts.scene.position ?? meetingPosition(incident.facts);
      if (!position || isOver(incident)) return [];
      const { id, facts } = incident;
      const properties = {
        id,
        icon: incidentIcon(incident),
        label: numberOf(id),
        selected: id === selected,
        order: PRIORITIES.indexOf(facts.priority),
      };
      return [point(position.lon, position.lat, properties)];
    }),
  );
}

export interface Labelled {
  whereIs: (vehicle: Vehicle) => Whereabouts;
  // Whether it runs a task and is no help all the same.
  isAbsent: (vehicle: Vehicle) => boolean;
  // The word for an exercise beside one that runs one, else nothing.
  exercise: (vehicle: Vehicle) => string;
  selected: string | null;
}

// Names and ages beside the markers; what stands parked in a row is named by its station. When too many are in view
// only those that are old keep theirs.
export function labelFeatures(
  inView: readonly Vehicle[],
  { whereIs, isAbsent, exercise, selected }: Labelled,
): GeoJSON.FeatureCollection {
  const crowded = inView.length > LABELS_AT_MOST;
  const chosen = inView.flatMap((vehicle) => {
    const { position, source, ageSeconds } = whereIs(vehicle);
    const isUndated = ageSeconds === null && source === 'last_known';
    const old = isUndated || (ageSeconds !== null && ageSeconds > OLD_AFTER_SECONDS);
    const parked = standsAtStation(vehicle);
    const absent = isAbsent(vehicle);
    const alarming = vehicle.sos_since != null || vehicle.report != null || absent;
    const named = vehicle.id === selected || alarming || (!crowded && !parked);
    if (!named && !(old && vehicle.task != null)) return [];
    // A question mark says that it may be anywhere by now.
    const age = ageSeconds === null ? '' : ageShort(ageSeconds);
    const oldness = old ? `${source === 'last_known' ? '?' : ''}${age}` : '';
    const { call_sign, sos_since, report } = vehicle;
    const marks = [
      named ? call_sign : '',
      exercise(vehicle),
      oldness,
      sos_since ? 'SOS' : '',
      report ? '!!' : '',
      absent ? '■' : '',
    ];
    const label = marks.filter((mark) => mark !== '').join(' ');
    return position ? [point(position.lon, position.lat, { label, old })] : [];
  });
  return collection(chosen.slice(0, LABELS_AT_MOST));
}

// 12 -> "12s", 300 -> "5m", 7200 -> "2h".
export function ageShort(seconds: number): string {
  if (seconds < 120) return `${seconds}s`;
  return seconds < 7200 ? `${Math.floor(seconds / 60)}m` : `${Math.floor(seconds / 3600)}h`;
}

import type { Position, Schemas } from '../api/types';
import { collection } from '../map/features';

type Condition = Schemas['RoadConditionView'];
export type Corner = [number, number];

// As the server takes them.
export const CORNERS_AT_MOST = 200;
export const CORNERS_AT_LEAST = 3;
const HOUR = 3_600_000;

export interface Draft {
  kind: Condition['kind'];
  factor: number;
  area: Corner[];
  note: string;
  // Hours until it ends by itself; 0 until it is ended by hand.
  hours: number;
  // For an area around a place: its name and so many metres.
  place: string;
  radius: number;
}

export const blankDraft = (): Draft => ({
  kind: 'closed',
  factor: 2,
  area: [],
  note: '',
  hours: 2,
  place: '',
  radius: 500,
});

export function withCorner(area: readonly Corner[], { lon, lat }: Position): Corner[] {
  return area.length >= CORNERS_AT_MOST ? [...area] : [...area, [lon, lat]];
}

export const isDrawn = ({ area }: Draft): boolean => area.length >= CORNERS_AT_LEAST;

export function requestOf(
  { kind, factor, area, note, hours }: Omit<Draft, 'place' | 'radius'>,
  now: number,
): Schemas['RoadConditionRequest'] {
  return {
    kind,
    area,
    note: note.trim(),
    ...(kind === 'slow' ? { factor } : {}),
    ...(hours > 0 ? { until: Math.round(now + hours * HOUR) } : {}),
  };
}

const closed = (area: readonly number[][]): number[][] => (area[0] ? [...area, area[0]] : []);

export function draftFeatures(area: readonly Corner[]): GeoJSON.FeatureCollection {
  const corners = area.map((corner): GeoJSON.Feature => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: corner },
    properties: {},
  }));
  if (area.length < 2) return collection(corners);
  const shape: GeoJSON.Geometry =
    area.length < CORNERS_AT_LEAST
      ? { type: 'LineString', coordinates: [...area] }
      : { type: 'Polygon', coordinates: [closed(area)] };
  return collection([{ type: 'Feature', geometry: shape, properties: {} }, ...corners]);
}

export function conditionFeatures(
  conditions: readonly Condition[],
  label: (condition: Condition) => string,
): GeoJSON.FeatureCollection {
  return collection(
    conditions.map((it) => ({
      type: 'Feature',
      geometry: { type: 'Polygon', coordinates: [closed(it.area)] },
      properties: { kind: it.kind, label: label(it) },
    })),
  );
}

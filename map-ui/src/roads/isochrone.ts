import type { Position, Schemas } from '../api/types';
import { collection } from '../map/features';
import { inside, squareKilometres } from '../map/geometry';

export type Reach = Schemas['IsochroneView'];

export interface Band {
  minutes: number;
  squareKm: number;
  // What lies within, by id.
  holds: string[];
}

export function reachFeatures({ features }: Reach, label: (minutes: number) => string): GeoJSON.FeatureCollection {
  return collection(
    features.map(({ geometry, properties }) => ({
      type: 'Feature',
      geometry: geometry as GeoJSON.MultiPolygon,
      properties: { ...properties, label: label(properties.minutes) },
    })),
  );
}

// The window that holds all of it; nothing when it is empty.
export function windowOf({ features }: Reach): [west: number, south: number, east: number, north: number] | null {
  const corners = features.flatMap(({ geometry }) => geometry.coordinates.flat(2)) as [number, number][];
  if (corners.length === 0) return null;
  const lons = corners.map(([lon]) => lon);
  const lats = corners.map(([, lat]) => lat);
  const least = (all: number[]): number => all.reduce((a, b) => Math.min(a, b));
  const most = (all: number[]): number => all.reduce((a, b) => Math.max(a, b));
  return [least(lons), least(lats), most(lons), most(lats)];
}

// The bands for reading, the nearest first; a place is told in the first band that holds it.
export function bands({ features }: Reach, places: readonly { id: string; position: Position }[]): Band[] {
  const told = new Set<string>();
  return [...features]
    .sort((a, b) => a.properties.minutes - b.properties.minutes)
    .map(({ properties, geometry }) => {
      const polygons = geometry.coordinates;
      const holds = places
        .filter(({ id, position }) => !told.has(id) && polygons.some((rings) => inside(position, rings)))
        .map(({ id }) => id);
      holds.forEach((id) => told.add(id));
      return {
        minutes: properties.minutes,
        squareKm: polygons.reduce((sum, rings) => sum + squareKilometres(rings), 0),
        holds,
      };
    });
}

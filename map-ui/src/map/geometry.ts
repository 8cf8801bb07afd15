import type { Position } from '../api/types';

// The same radius as in the crate `geometry`; both are tested against geometry/figures.json.
const EARTH_RADIUS_M = 6_371_008.8;
const RADIANS = Math.PI / 180;
const METRES_PER_DEGREE = EARTH_RADIUS_M * RADIANS;

type Corner = readonly number[];

// Great-circle metres between two positions in WGS-84 degrees (haversine).
export function metresBetween(a: Position, b: Position): number {
  const halfNorth = Math.sin(((b.lat - a.lat) * RADIANS) / 2);
  const halfEast = Math.sin(((b.lon - a.lon) * RADIANS) / 2);
  const chord = halfNorth ** 2 + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * halfEast ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}

// Square kilometres of rings in WGS-84 degrees, the first the outside and the others holes. Good to a per cent at a city's size.
export function squareKilometres(rings: readonly (readonly Corner[])[]): number {
  return rings.reduce((sum, ring, index) => sum + (index === 0 ? 1 : -1) * ringArea(ring), 0);
}

function ringArea(ring: readonly Corner[]): number {
  const east = Math.cos((ring[0]?.[1] ?? 0) * RADIANS);
  let twice = 0;
  ring.forEach((corner, index) => {
    const next = ring[(index + 1) % ring.length] ?? corner;
    twice += (corner[0] ?? 0) * (next[1] ?? 0) - (next[0] ?? 0) * (corner[1] ?? 0);
  });
  return (Math.abs(twice) / 2) * east * (METRES_PER_DEGREE / 1000) ** 2;
}

// Whether a place lies inside rings: an odd number of borders to its east.
export function inside({ lon, lat }: Position, rings: readonly (readonly Corner[])[]): boolean {
  let odd = false;
  for (const ring of rings) {
    ring.forEach((corner, index) => {
      const [x1 = 0, y1 = 0] = corner;
      const [x2 = 0, y2 = 0] = ring[(index + 1) % ring.length] ?? corner;
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) odd = !odd;
    });
  }
  return odd;
}

const CIRCLE_CORNERS = 24;

export function circle({ lon, lat }: Position, metres: number): [number, number][] {
  return Array.from({ length: CIRCLE_CORNERS }, (_, index) => {
    const angle = (2 * Math.PI * index) / CIRCLE_CORNERS;
    const north = (metres * Math.cos(angle)) / METRES_PER_DEGREE;
    const east = (metres * Math.sin(angle)) / (METRES_PER_DEGREE * Math.cos(lat * RADIANS));
    return [lon + east, lat + north];
  });
}

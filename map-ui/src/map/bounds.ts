import type { Position } from '../api/types';

// Whether a place lies on the region's map. Without a region nothing is known to lie outside it.
export function isOnMap(bounds: readonly number[] | undefined, { lon, lat }: Position): boolean {
  const [west = -180, south = -90, east = 180, north = 90] = bounds ?? [];
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

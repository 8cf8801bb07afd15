import { metresBetween } from '../map/geometry';

// Farther than this a place says nothing about where the scene is.
const FARTHEST_KM = 15;

export interface Near {
  name_zh: string;
  name_en: string;
  km: number;
}

interface Feature {
  geometry: { type: string; coordinates: unknown };
  properties: { layer?: string; name_zh?: string; name_en?: string } | null;
}

// The named place closest to a point of the map, in WGS-84 degrees.
export function nearestPlace(features: readonly Feature[], lon: number, lat: number): Near | null {
  let best: Near | null = null;
  for (const { geometry, properties } of features) {
    if (properties?.layer !== 'place' || geometry.type !== 'Point') continue;
    const [x, y] = geometry.coordinates as [number, number];
    const km = metresBetween({ lon, lat }, { lon: x, lat: y }) / 1000;
    if (km <= (best?.km ?? FARTHEST_KM))
      best = { name_zh: properties.name_zh ?? '', name_en: properties.name_en ?? '', km };
  }
  return best;
}

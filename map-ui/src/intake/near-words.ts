import { get } from '../api/http';
import type { Position } from '../api/types';
import { fill } from '../i18n/fill';
import { nameOf, screen } from '../i18n/language.svelte';
import { nearestPlace } from './nearest';

// A point of the map in words: the nearest place that has a name, or its coordinates.
export async function nearWords({ lon, lat }: Position): Promise<string> {
  const map = await get<{ features: Parameters<typeof nearestPlace>[0] }>('/map').catch(() => ({ features: [] }));
  const near = nearestPlace(map.features, lon, lat);
  return near
    ? fill(screen().intake.near, { place: nameOf(near), km: near.km.toFixed(1) })
    : `${lon.toFixed(4)}, ${lat.toFixed(4)}`;
}

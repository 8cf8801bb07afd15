import type { Schemas } from '../api/types';
import { collection } from '../map/features';

export type PastFix = Schemas['PastFix'];

export const TRACK_MILLIS = 3_600_000;
// A longer silence is a gap: no line is drawn across what nobody measured.
const GAP_MILLIS = 60_000;
const TIME_EVERY_MILLIS = 600_000;
const MINUTE = 60_000;

export interface TrackRow {
  at: number;
  fix: PastFix;
  late: number;
  suspect: number;
}

// The way a vehicle took: a line through what was measured in time, a broken one where it came late, suspect fixes as points beside it.
export function trackFeatures(fixes: readonly PastFix[], clock: (millis: number) => string): GeoJSON.FeatureCollection {
  const sound = fixes.filter(({ quality }) => quality !== 'suspect');
  const doubted = fixes.filter(({ quality }) => quality === 'suspect' || quality === 'late');
  return collection([
    ...lines(sound),
    ...doubted.map((fix) => point(fix, { quality: fix.quality })),
    ...times(sound, clock),
  ]);
}

// The same for reading: one line a minute, the newest first, with what came late or is in doubt counted.
export function trackRows(fixes: readonly PastFix[]): TrackRow[] {
  const rows = new Map<number, TrackRow>();
  for (const fix of fixes) {
    const at = Math.floor(fix.fix_time / MINUTE) * MINUTE;
    const row = rows.get(at) ?? { at, fix, late: 0, suspect: 0 };
    if (fix.quality !== 'suspect' || row.fix.quality === 'suspect') row.fix = fix;
    row.late += fix.quality === 'late' ? 1 : 0;
    row.suspect += fix.quality === 'suspect' ? 1 : 0;
    rows.set(at, row);
  }
  return [...rows.values()].sort((a, b) => b.at - a.at);
}

function lines(fixes: readonly PastFix[]): GeoJSON.Feature[] {
  const features: GeoJSON.Feature[] = [];
  let run: { late: boolean; coordinates: number[][] } | null = null;
  fixes.forEach((fix, index) => {
    const before = fixes[index - 1];
    if (!before || fix.fix_time - before.fix_time > GAP_MILLIS) {
      run = null;
      return;
    }
    const late = fix.quality === 'late' || before.quality === 'late';
    if (run === null || run.late !== late) {
      run = { late, coordinates: [at(before)] };
      features.push({
        type: 'Feature',
        geometry: { type: 'LineString', coordinates: run.coordinates },
        properties: { late },
      });
    }
    run.coordinates.push(at(fix));
  });
  return features;
}

function times(fixes: readonly PastFix[], clock: (millis: number) => string): GeoJSON.Feature[] {
  let next = -Infinity;
  return fixes.flatMap((fix) => {
    if (fix.fix_time < next) return [];
    next = fix.fix_time + TIME_EVERY_MILLIS;
    return [point(fix, { time: clock(fix.fix_time).slice(0, 5) })];
  });
}

const at = ({ position }: PastFix): number[] => [position.lon, position.lat];

const point = (fix: PastFix, properties: GeoJSON.GeoJsonProperties): GeoJSON.Feature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: at(fix) },
  properties,
});

import { collection } from '../map/features';
import { coverageIcon } from '../map/coverage-images';
import { levelOf, type Coverage } from './levels';

// A sign for each piece of ground, with the minutes of the nearest free vehicle beside it; WGS-84 degrees.
export function coverageFeatures(
  views: readonly Coverage[],
  minutes: (minutes: number) => string,
): GeoJSON.FeatureCollection {
  return collection(
    views
      .flatMap(({ cells }) => cells)
      .map((cell) => ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [cell.lon, cell.lat] },
        properties: {
          icon: coverageIcon(levelOf(cell)),
          level: levelOf(cell),
          label: cell.nearest_seconds == null ? '' : minutes(Math.round(cell.nearest_seconds / 60)),
        },
      })),
  );
}

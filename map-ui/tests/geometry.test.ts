import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Position } from '../src/api/types';
import { circle, metresBetween } from '../src/map/geometry';

interface Figure {
  from: Position;
  to: Position;
  metres: number;
}

const figures = JSON.parse(readFileSync(new URL('../../geometry/figures.json', import.meta.url), 'utf8')) as Figure[];

it.each(figures)('measures as the server does, $metres m', ({ from, to, metres }) => {
  expect(Math.abs(metresBetween(from, to) - metres)).toBeLessThanOrEqual(metres * 1e-6);
});

it('draws a circle whose corners are all as far from its middle as was said', () => {
  const middle = { lon: 106.23, lat: 38.49 };
  for (const [lon, lat] of circle(middle, 5000)) expect(metresBetween(middle, { lon, lat })).toBeCloseTo(5000, -1);
});

it('has opposite points half the globe apart', () => {
  expect(metresBetween({ lon: 106, lat: 38 }, { lon: -74, lat: -38 })).toBeCloseTo(Math.PI * 6_371_008.8, 0);
});

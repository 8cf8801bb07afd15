import type { Schemas } from '../api/types';

export type Coverage = Schemas['CoverageView'];
export type Cell = Coverage['cells'][number];

// How a piece of ground is covered by free vehicles, the best first; each has a form of its own on the map.
export const LEVELS = ['several', 'one', 'late', 'nobody'] as const;
export type Level = (typeof LEVELS)[number];

export const LEVEL_MARK: Record<Level, string> = { several: '●', one: '◐', late: '▲', nobody: '✕' };
export const LEVEL_COLOUR: Record<Level, string> = {
  several: '#6ee7b7',
  one: '#7fc1ff',
  late: '#f5cf4a',
  nobody: '#ff8b8b',
};

export function levelOf({ nearest_seconds: nearest, within_target: within }: Cell): Level {
  if (within >= 2) return 'several';
  if (within === 1) return 'one';
  return nearest == null ? 'nobody' : 'late';
}

// The share of all demand in each level. Every centre's shares add up to one: of several centres at once the ground is
// weighed as if each had the same demand.
export function sharesOf(views: readonly Coverage[]): Record<Level, number> {
  const shares: Record<Level, number> = { several: 0, one: 0, late: 0, nobody: 0 };
  const counted = views.filter(({ cells }) => cells.length > 0);
  for (const { cells } of counted) for (const cell of cells) shares[levelOf(cell)] += cell.share / counted.length;
  return shares;
}

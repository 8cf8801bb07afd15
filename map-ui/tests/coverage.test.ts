import { describe, expect, it } from 'vitest';
import { NOON, vehicle } from './examples';
import { coverageFeatures } from '../src/coverage/features';
import { whyUncovered } from '../src/coverage/uncovered';
import { LEVEL_MARK, levelOf, LEVELS, sharesOf, type Cell, type Coverage } from '../src/coverage/levels';

const cell = (id: string, within: number, nearest: number | null, share = 0.25): Cell => ({
  id,
  name_zh: id,
  name_en: '',
  lon: 106,
  lat: 38,
  share,
  target_seconds: 600,
  nearest_seconds: nearest,
  expected_seconds: nearest ?? 3600,
  within_target: within,
});

const view = (centre: string, cells: Cell[]): Coverage => ({
  centre,
  version: 7,
  made_at: 0,
  advice: 'off',
  by_road: true,
  demand_known: true,
  free_vehicles: 3,
  expected_seconds: 420,
  covered: 0.7,
  reached: 0.8,
  cells,
  stations: [],
});

const four = [cell('a', 2, 120), cell('b', 1, 540), cell('c', 0, 900), cell('d', 0, null)];

describe('ground', () => {
  it('is covered by several, by one, too late or by nobody', () => {
    expect(four.map(levelOf)).toEqual(['several', 'one', 'late', 'nobody']);
  });

  it('has a form of its own for each, not a colour alone', () => {
    expect(new Set(LEVELS.map((level) => LEVEL_MARK[level])).size).toBe(LEVELS.length);
    const { features } = coverageFeatures([view('yinchuan', four)], (n) => `${n}′`);
    expect(features.map(({ properties }) => [properties?.['icon'], properties?.['label']])).toEqual([
      ['coverage-several', '2′'],
      ['coverage-one', '9′'],
      ['coverage-late', '15′'],
      ['coverage-nobody', ''],
    ]);
  });

  it('is weighed by its demand, a centre without ground not at all', () => {
    expect(sharesOf([view('yinchuan', four)])).toEqual({ several: 0.25, one: 0.25, late: 0.25, nobody: 0.25 });
    const all = sharesOf([
      view('yinchuan', [cell('a', 2, 60, 1)]),
      view('wuzhong', [cell('b', 0, null, 1)]),
      view('x', []),
    ]);
    expect(all).toEqual({ several: 0.5, one: 0, late: 0, nobody: 0.5 });
    expect(sharesOf([])).toEqual({ several: 0, one: 0, late: 0, nobody: 0 });
  });
});

describe('a station whose ground is uncovered', () => {
  const stations = ['near', 'far', 'lent'].map((station, age) => ({
    station,
    reached: 0.2,
    uncovered_since: NOON - age * 60_000,
  }));
  const covered = { station: 'fine', reached: 1, uncovered_since: null };
  const views = [{ ...view('yinchuan', four), stations: [...stations, covered] }];
  const why = (...vehicles: Parameters<typeof vehicle>[]) =>
    whyUncovered(
      views,
      vehicles.map((it) => vehicle(...it)),
    );
  const names = (list: { station: string }[]): string[] => list.map(({ station }) => station);
  const move = (to: string, reached: number | null) => ({ move_to: { station: to, reached_at: reached } as never });

  it('with a free vehicle of its own is too far from its ground, and without one has nobody near; longest first', () => {
    const { nobodyNear, groundTooFar } = why(['V-1', { station: 'far' }], ['V-2', { station: 'fine' }]);
    expect(names(nobodyNear)).toEqual(['lent', 'near']);
    expect(names(groundTooFar)).toEqual(['far']);
  });

  it('has nobody while its vehicles are busy, on the road, or wait elsewhere', () => {
    const { groundTooFar } = why(
      ['V-1', { station: 'near', state: 'to_scene' }],
      ['V-2', { station: 'far', state: 'available_on_road' }],
      ['V-3', { station: 'lent', ...move('fine', NOON) }],
    );
    expect(groundTooFar).toEqual([]);
  });

  it('has the vehicle that was sent to wait there, once it has come', () => {
    expect(names(why(['V-1', { station: 'fine', ...move('near', NOON) }]).groundTooFar)).toEqual(['near']);
    expect(names(why(['V-1', { station: 'fine', ...move('near', null) }]).groundTooFar)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import { gain, IGNORE_REASONS, percent, suggestions, type Suggested } from '../src/moves/suggested';
import { NOON, vehicle } from './examples';

const move = (number: number, since: number, more: Partial<Suggested> = {}): Suggested => ({
  number,
  station: 'YC-05',
  why: 'station_uncovered',
  uncovered_seconds: 720,
  covered_before: 0.712,
  covered_after: 0.743,
  expected_seconds_before: 500,
  expected_seconds_after: 460,
  drive_seconds: 540,
  since,
  expires_at: NOON + 600_000,
  ...more,
});

describe('suggested moves', () => {
  const vehicles = [
    vehicle('YC-01-1', { suggested_move: move(2, NOON + 5) }),
    vehicle('YC-01-2'),
    vehicle('YC-01-3', { suggested_move: move(1, NOON) }),
    vehicle('YC-01-4', { suggested_move: move(3, NOON - 9, { expires_at: NOON - 1 }) }),
  ];
  const named = (now: number) => suggestions(vehicles, now).map((it) => it.vehicle.id);

  it('stand in the order they came, for as long as they hold', () => {
    expect(named(NOON)).toEqual(['YC-01-3', 'YC-01-1']);
    expect(named(NOON + 600_000)).toEqual(['YC-01-3', 'YC-01-1']);
    expect(named(NOON + 600_001)).toEqual([]);
  });

  it('say how much more is covered, with its sign', () => {
    expect(gain(move(1, NOON))).toBe('+3.1 %');
    expect(gain(move(1, NOON, { covered_after: 0.7 }))).toBe('−1.2 %');
    expect(percent(0.712)).toBe('71.2 %');
  });

  it('have a digit for each reason to ignore them', () => {
    for (const { vocabulary } of [zh, en])
      expect([...IGNORE_REASONS].sort()).toEqual(Object.keys(vocabulary.MoveIgnoreReason).sort());
    expect(IGNORE_REASONS.length).toBe(5);
  });
});

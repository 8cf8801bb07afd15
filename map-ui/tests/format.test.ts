import { describe, expect, it } from 'vitest';
import { clockTime, date, dayTime, span } from '../src/time/format';

const NUMBERS = [
  0,
  -0,
  1,
  -1,
  9e15,
  -9e15,
  8.64e15,
  -8.64e15,
  1e300,
  -1e300,
  0.1,
  NaN,
  Infinity,
  -Infinity,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  253_402_300_800_000,
];

describe('times as text', () => {
  it('break for no number', () => {
    for (const number of NUMBERS) {
      expect(clockTime(number)).toMatch(/^(\d\d:\d\d:\d\d|--:--:--)$/);
      expect(date(number)).toMatch(/^(\d{4}-\d\d-\d\d|-{10})$/);
      expect(dayTime(number)).toMatch(/^(\d\d-\d\d \d\d:\d\d|----- --:--)$/);
      expect(span(number)).toMatch(/^(\d+:\d\d(:\d\d)?|--:--)$/);
    }
  });

  it('show the region’s time', () => {
    expect([clockTime(0), date(0), dayTime(0), span(3725)]).toEqual([
      '08:00:00',
      '1970-01-01',
      '01-01 08:00',
      '1:02:05',
    ]);
  });
});

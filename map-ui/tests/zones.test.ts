import { afterAll, describe, expect, it } from 'vitest';
import { blankIntake, takeCall } from '../src/intake/form';
import { amendedOf, changesOf } from '../src/incident/changes';
import { clockTime, dayTime, parseClock } from '../src/time/format';
import { incident, NOON } from './examples';

// Every time that is typed or shown is the region's, whatever zone the computer was set to.
const before = process.env['TZ'];
afterAll(() => {
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
});

const NINE = 1796432400000;

describe.each(['Europe/London', 'America/New_York', 'Asia/Urumqi', 'Asia/Shanghai', 'Pacific/Kiritimati', 'UTC'])(
  'on a computer in %s',
  (zone) => {
    it('an appointment is the region’s, taken, shown and amended', () => {
      process.env['TZ'] = zone;
      const call = { ...blankIntake(), address: '鼓楼', appointment: '2026-12-05T09:00' };
      expect(takeCall(call, 'yinchuan', NOON).command).toMatchObject({ facts: { appointment_at: NINE } });
      expect(dayTime(NINE)).toBe('12-05 09:00');
      const { facts } = incident('yinchuan-1');
      const kept = { ...facts, appointment_at: NINE };
      expect(amendedOf(kept).appointment).toBe('2026-12-05T09:00');
      expect(changesOf(kept, amendedOf(kept))).toEqual({});
      expect(changesOf(kept, { ...amendedOf(kept), appointment: '2026-12-05T10:30' })).toEqual({
        appointment_at: NINE + 5_400_000,
      });
    });

    it('a corrected time is the region’s', () => {
      process.env['TZ'] = zone;
      expect(parseClock('11:59', NOON)).toBe(NOON - 60_000);
      expect(clockTime(parseClock('23:59:30', NOON) ?? 0)).toBe('23:59:30');
    });
  },
);

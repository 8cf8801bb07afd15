import { describe, expect, it } from 'vitest';
import { clockTime, parseClock, span } from '../src/time/format';
import { timer, vehicleDeadlines, worst } from '../src/time/timers';
import { NOON, vehicle } from './examples';

const order = { kind: 'order' as const, warn_at: NOON, due_at: NOON + 60_000 };

describe('a timer', () => {
  it('is grey, then yellow at the warning, then red when it is due', () => {
    const levels = [-1, 0, 59_999, 60_000].map((millis) => timer(order, NOON + millis).level);
    expect(levels).toEqual(['grey', 'yellow', 'yellow', 'red']);
  });

  it('counts to the moment and on past it', () => {
    expect(timer(order, NOON + 35_000).secondsLeft).toBe(25);
    expect(timer(order, NOON + 130_000).secondsLeft).toBe(-70);
  });

  it('gives way to the one that presses more', () => {
    const departure = { kind: 'departure' as const, warn_at: NOON - 60_000, due_at: NOON };
    const scene = { kind: 'scene' as const, warn_at: NOON + 1, due_at: NOON + 2_000 };
    expect(worst([scene, order, departure], NOON)?.kind).toBe('departure');
    expect(worst([order, scene], NOON - 1)?.kind).toBe('scene');
    expect(worst([], NOON)).toBeNull();
  });
});

describe('a silent vehicle', () => {
  const old = [{ kind: 'silent_vehicle' as const, warn_at: 0, due_at: 1 }, order];

  it('is judged by its newest fix, and only while it is on a task', () => {
    const busy = vehicle('V', { task: 'c-1.t1', deadlines: old });
    expect(worst(vehicleDeadlines(busy, NOON - 10_000, 10, NOON), NOON)).toMatchObject({
      kind: 'silent_vehicle',
      level: 'red',
    });
    expect(vehicleDeadlines(busy, NOON - 9_999, 10, NOON)).toEqual([order]);
    expect(vehicleDeadlines(vehicle('V', { deadlines: old }), NOON - 99_000, 10, NOON)).toEqual([order]);
  });

  it('says so also when it never had a fix', () => {
    const never = vehicle('V', {
      task: 'c-1.t1',
      deadlines: [{ kind: 'silent_vehicle', warn_at: 0, due_at: NOON - 1 }, order],
    });
    expect(worst(vehicleDeadlines(never, null, 10, NOON), NOON)).toMatchObject({
      kind: 'silent_vehicle',
      level: 'red',
    });
    const bare = vehicle('V', { task: 'c-1.t1', deadlines: [], state_since: NOON - 9_000 });
    expect(vehicleDeadlines(bare, null, 10, NOON)).toEqual([]);
    expect(vehicleDeadlines(bare, null, 10, NOON + 1_000)).toMatchObject([{ kind: 'silent_vehicle' }]);
  });
});

describe('times on the screen', () => {
  it('are the region’s own', () => expect(clockTime(NOON)).toBe('12:00:00'));

  it('are read back, on the day they must mean', () => {
    expect(parseClock('11:59:30', NOON)).toBe(NOON - 30_000);
    expect(parseClock('23:50', NOON)).toBe(NOON - (12 * 60 + 10) * 60_000);
    expect(parseClock(' １１：５９：３０', NOON)).toBe(NOON - 30_000);
    for (const wrong of ['24:00', '12:60', '12', 'noon', '']) expect(parseClock(wrong, NOON)).toBeNull();
  });

  it('are spans without a sign', () =>
    expect([span(5), span(65), span(3725), span(-3)]).toEqual(['0:05', '1:05', '1:02:05', '0:00']));
});

import { describe, expect, it } from 'vitest';
import { byStation, matches } from '../src/board/groups';
import { alarms, norms } from '../src/console/norms';
import { byUrgency, recentlyEnded } from '../src/queue/urgency';
import { noticeable, soundsBetween } from '../src/sounds/events';
import type { Incident } from '../src/api/types';
import { incident, NOON, task, vehicle } from './examples';

const due = (at: number) => [{ kind: 'order' as const, warn_at: at - 30_000, due_at: at }];
const ids = (incidents: { id: string }[]) => incidents.map(({ id }) => id);

describe('the queue', () => {
  it('puts first who waits, then the reddest timer, then priority, then age', () => {
    const critical = { ...incident('x').facts, priority: 'critical' as const };
    const all = [
      incident('c-1', { stage: 'closed', ended_at: NOON }),
      incident('c-2', { stage: 'running' }),
      incident('c-3', { opened_at: NOON - 5 }),
      incident('c-4', { opened_at: NOON - 9 }),
      incident('c-5', { facts: critical }),
      incident('c-6', { deadlines: due(NOON) }),
      incident('c-7', { stage: 'suspended' }),
    ];
    expect(ids(byUrgency(all, NOON))).toEqual(['c-6', 'c-5', 'c-4', 'c-3', 'c-2', 'c-7']);
    expect(ids(recentlyEnded(all, 5))).toEqual(['c-1']);
  });

  it('puts exercises below every patient and counts none among the late', () => {
    const drill = { ...incident('x').facts, priority: 'critical' as const, test: true };
    const all = [incident('c-1', { facts: drill, deadlines: due(NOON - 1) }), incident('c-2', { stage: 'suspended' })];
    expect(ids(byUrgency(all, NOON))).toEqual(['c-2', 'c-1']);
    expect(alarms(all, NOON)).toEqual({ red: [], yellow: [] });
    const heard = noticeable({ incidents: new Map([['c-1', all[0] as ReturnType<typeof incident>]]), vehicles: new Map() }, NOON);
    expect([heard.incidents.size, heard.overdue.size]).toEqual([0, 0]);
  });

  it('looks at the timers of running tasks too', () => {
    const late = { ...task('c-1.t1', 'V', { created: NOON }), deadlines: due(NOON - 1) };
    const all = [incident('c-2', { stage: 'running', opened_at: NOON - 9 }), incident('c-1', { stage: 'running', tasks: [late] })];
    expect(ids(byUrgency(all, NOON))).toEqual(['c-1', 'c-2']);
    expect(alarms(all, NOON)).toEqual({ red: ['c-1'], yellow: [] });
  });
});

describe('the norms', () => {
  type Measured = NonNullable<Incident['norms']>[number];
  const measured = (norm: Measured['norm'], due_at: number, reached_at: number | null, counts = true): Measured => ({ norm, from: NOON, due_at, reached_at, counts });

  it('count what was kept and name what was missed, by what the server measured alone', () => {
    const late = task('c-2.t1', 'B', { created: NOON, departed: NOON + 100_000 });
    const all = [
      incident('c-1', { first_dispatch_at: NOON + 99_000, norms: [measured('order', NOON + 60_000, NOON + 60_000), measured('departure', NOON + 180_000, NOON + 100_000), measured('response', NOON + 720_000, NOON + 600_000)] }),
      incident('c-2', { first_dispatch_at: NOON + 1_000, tasks: [late], norms: [measured('order', NOON + 60_000, NOON + 60_001), measured('departure', NOON + 180_000, NOON + 181_000)] }),
      incident('c-3', { norms: [measured('response', NOON, NOON + 1, false)] }),
      incident('c-4', { first_dispatch_at: NOON, norms: [measured('order', NOON + 60_000, null), measured('response', NOON + 720_000, null)] }),
      incident('c-5', { first_dispatch_at: NOON, tasks: [late] }),
    ];
    expect(norms(all)).toEqual([
      { name: 'order', met: 1, of: 2, missed: ['c-2'] },
      { name: 'departure', met: 1, of: 2, missed: ['c-2'] },
      { name: 'response', met: 1, of: 1, missed: [] },
    ]);
  });
});

describe('the vehicle board', () => {
  it('stands by centre in the region’s order, then by station, and counts who is free', () => {
    const centre = (id: string) => ({ id, code: id, name_zh: id, name_en: id, regional: false, position: { lon: 0, lat: 0 } });
    const all = [vehicle('B-2', { centre: 'b', station: 'B' }), vehicle('A-2', { centre: 'a', station: 'A', state: 'at_scene' }), vehicle('A-1', { centre: 'a', station: 'A' })];
    const groups = byStation(all, [centre('b'), centre('a')], []);
    expect(groups.map(({ id, free, vehicles }) => `${id}: ${free} of ${ids(vehicles).join(',')}`)).toEqual(['b B: 1 of B-2', 'a A: 1 of A-1,A-2']);
  });

  it('is searched by id, plate, call sign and state', () => {
    const one = vehicle('YC-01-1', { call_sign: '市一院01', plate: '宁A·12001' });
    for (const wanted of ['yc-01', '12001', '市一院', '站内', '']) expect(matches(one, wanted, '站内待命')).toBe(true);
    expect(matches(one, '吴忠', '站内待命')).toBe(false);
  });
});

describe('sounds', () => {
  const picture = (incidents: ReturnType<typeof incident>[], vehicles: ReturnType<typeof vehicle>[] = []) => ({
    incidents: new Map(incidents.map((it) => [it.id, it])),
    vehicles: new Map(vehicles.map((it) => [it.id, it])),
  });
  const quiet = noticeable(picture([]), NOON);

  it('are one for each kind of event, the call for help first', () => {
    const loud = noticeable(picture([incident('c-1', { deadlines: due(NOON) })], [vehicle('V', { sos_since: NOON })]), NOON);
    expect(soundsBetween(quiet, loud, new Set())).toEqual(['sos', 'new_incident', 'overdue']);
    expect(soundsBetween(loud, loud, new Set())).toEqual([]);
  });

  it('stay away for a call taken at this desk', () => {
    expect(soundsBetween(quiet, noticeable(picture([incident('c-1')]), NOON), new Set(['c-1']))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { byStation, matches } from '../src/board/groups';
import { alarms, norms } from '../src/console/norms';
import { byUrgency, presses, recentlyEnded } from '../src/queue/urgency';
import { alarmsOf, each, knownAtStart, type Scene } from '../src/sounds/alarms';
import { TUNES } from '../src/sounds/tunes';
import type { Incident } from '../src/api/types';
import { incident, NOON, task, vehicle } from './examples';

const due = (at: number) => [{ kind: 'order' as const, warn_at: at - 30_000, due_at: at }];
const ids = (incidents: { id: string }[]) => incidents.map(({ id }) => id);

const seat = () => ({ person: 'li', since: NOON, lostSince: null, exercise: false });
const scene = (incidents: Incident[], vehicles: ReturnType<typeof vehicle>[] = []): Scene => ({
  incidents: new Map(incidents.map((it) => [it.id, it])),
  vehicles: new Map(vehicles.map((it) => [it.id, it])),
  log: [],
});

describe('the queue', () => {
  it('puts first who waits, by priority, then the reddest timer, then age', () => {
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
    expect(ids(byUrgency(all, NOON))).toEqual(['c-5', 'c-6', 'c-4', 'c-3', 'c-2', 'c-7']);
    expect(ids(recentlyEnded(all, 5))).toEqual(['c-1']);
  });

  it('puts exercises below every patient and counts none among the late', () => {
    const drill = { ...incident('x').facts, priority: 'critical' as const, test: true };
    const all = [incident('c-1', { facts: drill, deadlines: due(NOON - 1) }), incident('c-2', { stage: 'suspended' })];
    expect(ids(byUrgency(all, NOON))).toEqual(['c-2', 'c-1']);
    expect(alarms(all, NOON, false)).toEqual({ red: [], yellow: [] });
    expect(alarmsOf(scene(all), seat(), NOON)).toEqual([]);

    // Where everything is an exercise, each is heard and counted as the patient it stands for.
    expect(alarms(all, NOON, true)).toEqual({ red: ['c-1'], yellow: [] });
    expect(all.map((it) => presses(it, NOON, true))).toEqual([true, false]);
    const heard = alarmsOf(scene(all), { ...seat(), exercise: true }, NOON).map(({ kind }) => kind);
    expect(heard).toEqual(['new_critical', 'overdue_critical']);
  });

  it('puts a waiting priority I above everything that is overdue', () => {
    const facts = (priority: Incident['facts']['priority']) => ({ ...incident('x').facts, priority });
    const overdue = Array.from({ length: 35 }, (_, n) =>
      incident(`c-${n + 1}`, {
        facts: facts(n % 2 ? 'non_urgent' : 'severe'),
        deadlines: due(NOON - 600_000),
        opened_at: NOON - 900_000,
      }),
    );
    const unheard = incident('c-50', { facts: facts('critical'), stage: 'not_received' });
    const running = incident('c-60', { facts: facts('critical'), stage: 'running', deadlines: due(NOON - 1) });
    const fresh = incident('c-40', { facts: facts('critical'), opened_at: NOON });
    const order = ids(byUrgency([running, ...overdue, unheard, fresh], NOON));
    expect(order.slice(0, 3)).toEqual(['c-40', 'c-50', 'c-1']);
    expect(order.at(-1)).toBe('c-60');
    expect([fresh, unheard, running, overdue[0]].map((it) => it && presses(it, NOON, false))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(presses(incident('c-70'), NOON, false)).toBe(false);
    expect(presses(incident('c-71', { facts: { ...facts('critical'), test: true } }), NOON, false)).toBe(false);
  });

  it('looks at the timers of running tasks too', () => {
    const late = { ...task('c-1.t1', 'V', { created: NOON }), deadlines: due(NOON - 1) };
    const all = [
      incident('c-2', { stage: 'running', opened_at: NOON - 9 }),
      incident('c-1', { stage: 'running', tasks: [late] }),
    ];
    expect(ids(byUrgency(all, NOON))).toEqual(['c-1', 'c-2']);
    expect(alarms(all, NOON, false)).toEqual({ red: ['c-1'], yellow: [] });
  });
});

describe('the norms', () => {
  type Measured = NonNullable<Incident['norms']>[number];
  const measured = (norm: Measured['norm'], due_at: number, reached_at: number | null, counts = true): Measured => ({
    norm,
    from: NOON,
    due_at,
    reached_at,
    counts,
  });

  it('count what was kept and name what was missed, by what the server measured alone', () => {
    const late = task('c-2.t1', 'B', { created: NOON, departed: NOON + 100_000 });
    const all = [
      incident('c-1', {
        first_dispatch_at: NOON + 99_000,
        norms: [
          measured('order', NOON + 60_000, NOON + 60_000),
          measured('departure', NOON + 180_000, NOON + 100_000),
          measured('response', NOON + 720_000, NOON + 600_000),
        ],
      }),
      incident('c-2', {
        first_dispatch_at: NOON + 1_000,
        tasks: [late],
        norms: [measured('order', NOON + 60_000, NOON + 60_001), measured('departure', NOON + 180_000, NOON + 181_000)],
      }),
      incident('c-3', { norms: [measured('response', NOON, NOON + 1, false)] }),
      incident('c-4', {
        first_dispatch_at: NOON,
        norms: [measured('order', NOON + 60_000, null), measured('response', NOON + 720_000, null)],
      }),
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
    const centre = (id: string) => ({
      id,
      code: id,
      name_zh: id,
      name_en: id,
      regional: false,
      position: { lon: 0, lat: 0 },
    });
    const all = [
      vehicle('B-2', { centre: 'b', station: 'B' }),
      vehicle('A-2', { centre: 'a', station: 'A', state: 'at_scene' }),
      vehicle('A-1', { centre: 'a', station: 'A' }),
    ];
    const groups = byStation(all, [centre('b'), centre('a')], []);
    expect(groups.map(({ id, free, vehicles }) => `${id}: ${free} of ${ids(vehicles).join(',')}`)).toEqual([
      'b B: 1 of B-2',
      'a A: 1 of A-1,A-2',
    ]);
  });

  it('is searched by id, plate, call sign and state', () => {
    const one = vehicle('YC-01-1', { call_sign: '市一院01', plate: '宁A·12001' });
    for (const wanted of ['yc-01', '12001', '市一院', '站内', '']) expect(matches(one, wanted, '站内待命')).toBe(true);
    expect(matches(one, '吴忠', '站内待命')).toBe(false);
  });
});

describe('the alarms', () => {
  it('are one for each kind, the gravest first, and stand as long as what they are about', () => {
    const task1 = { ...task('c-2.t1', 'V', { created: NOON }), lapsed_at: NOON };
    const task2 = {
      ...task('c-3.t1', 'W', { created: NOON, order_received: NOON }),
      changes: [{ part: 'scene' as const, since: NOON - 61_000, version: 9 }],
      deadlines: [{ kind: 'order_change' as const, warn_at: NOON - 30_000, due_at: NOON }],
    };
    const critical = { ...incident('x').facts, priority: 'critical' as const };
    const all = [
      incident('c-1', { deadlines: due(NOON) }),
      incident('c-2', { stage: 'waiting', tasks: [task1] }),
      incident('c-3', { stage: 'running', tasks: [task2] }),
      incident('c-4', { facts: critical }),
    ];
    const stamp = {
      at: NOON,
      made_at: NOON,
      recorded_at: NOON,
      origin: { by: 'crew_terminal' as const, vehicle: 'Z' },
    };
    const log = [
      { centre: 'c', version: 7, kind: 'task_aborted', stamp, incident: 'c-9', vehicle: 'Z' },
      {
        centre: 'c',
        version: 8,
        kind: 'vehicle_taken_over',
        stamp: { ...stamp, origin: { by: 'automatic' as const, rule: 'hand_over' } },
        vehicle: 'Y',
      },
      {
        centre: 'c',
        version: 6,
        kind: 'task_aborted',
        stamp: { ...stamp, recorded_at: NOON - 1 },
        incident: 'c-8',
        vehicle: 'Z',
      },
    ];
    const heard = alarmsOf(
      { ...scene(all, [vehicle('V', { sos_since: NOON })]), log },
      { ...seat(), lostSince: NOON },
      NOON,
    );
    expect(heard.map(({ kind }) => kind)).toEqual([
      'sos',
      'link_lost',
      'new_critical',
      'gave_up',
      'not_received',
      'new_incident',
      'change_unseen',
      'overdue',
      'transfer',
    ]);
    expect(new Set(heard.map(({ key }) => key)).size).toBe(heard.length);
    expect(heard.filter(({ kind }) => kind === 'change_unseen').map(({ key }) => key)).toEqual(['change c-3.t1 9']);
  });

  it('name and count a call once, however many of its times ran out', () => {
    const late = (['order', 'scene'] as const).map((kind) => ({ kind, warn_at: NOON - 30_000, due_at: NOON }));
    const found = alarmsOf(scene([incident('c-1', { stage: 'running', deadlines: late })]), seat(), NOON);
    expect(found.map(({ key }) => key)).toEqual(['overdue c-1 order', 'overdue c-1 scene']);
    expect(each(found)).toEqual([found[0]]);
  });

  it('are not made for a call taken at this selection, nor anew for what was overdue before it opened', () => {
    const calls = [{ id: 'c-1.c1', taken_by: { by: 'person', person: 'li' } }] as unknown as Incident['calls'];
    expect(alarmsOf(scene([incident('c-1', { calls })]), seat(), NOON)).toEqual([]);
    const found = alarmsOf(
      scene([incident('c-1', { deadlines: due(NOON) })], [vehicle('V', { sos_since: NOON })]),
      seat(),
      NOON,
    );
    expect(knownAtStart(found)).toEqual(['new c-1', 'overdue c-1 order']);
  });

  it('are made for an incident that another seat opened again, as for a new one', () => {
    const tasks = [{ ...task('c-1.t1', 'V', { created: NOON }), stage: 'aborted' as const }];
    const by = (person: string) => ({
      centre: 'c',
      version: 9,
      kind: 'incident_reopened',
      stamp: { at: NOON, made_at: NOON, recorded_at: NOON, origin: { by: 'person' as const, person } },
      incident: 'c-1',
    });
    const again = (person: string, more: Partial<Incident> = {}) =>
      alarmsOf({ ...scene([incident('c-1', { tasks, ...more })]), log: [by(person)] }, seat(), NOON).map(
        ({ key }) => key,
      );
    expect(again('wang')).toEqual(['new c-1 9']);
    expect(again('li')).toEqual([]);
    expect(again('wang', { stage: 'running' })).toEqual([]);
    expect(again('wang', { tasks: [] })).toEqual(['new c-1']);
  });

  it('have a tune of their own each', () => {
    const tunes = Object.values(TUNES).map((tune) => JSON.stringify(tune));
    expect(new Set(tunes).size).toBe(tunes.length);
  });
});

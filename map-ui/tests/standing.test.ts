import { describe, expect, it } from 'vitest';
import { nothingYet, reduce, type FeedState } from '../src/feed/state';
import { arrivalFor } from '../src/roads/arrival';
import { waysWanted } from '../src/roads/ways';
import { alarmsOf } from '../src/sounds/alarms';
import { TUNES } from '../src/sounds/tunes';
import { absentTaskOf, helpOf, isUnderWay, standingOf } from '../src/tasks/standing';
import type { Arrival, Task } from '../src/api/types';
import { incident, NOON, snapshot, task, vehicle } from './examples';

const received = task('c-1.t1', 'A', { created: NOON, order_received: NOON });
const receipt = received.milestones[0]?.stamp;
if (!receipt) throw new Error('the example has no stamp');
const changed = (more: Partial<Task>): Task => ({ ...task('c-1.t1', 'A', { created: NOON }), ...more });

const arrival = (id: string): Arrival => ({
  task: id,
  vehicle: 'A',
  incident: 'c-1',
  goal: 'scene',
  arrives_at: NOON + 300_000,
  metres_left: 4000,
  method: 'road',
  off_route: false,
});

describe('a task', () => {
  it.each<[string, Partial<Task>, ReturnType<typeof standingOf>]>([
    ['ordered', {}, 'not_received'],
    ['on the screen on board', { device_receipt: receipt }, 'under_way'],
    ['told by the crew or for it', { milestones: received.milestones }, 'under_way'],
    ['run out unreceived', { lapsed_at: NOON + 1 }, 'lapsed'],
    ['of a crew that had gone', { not_coming: 'away', lapsed_at: NOON + 1 }, 'not_coming'],
    ['of a crew that had gone, sent again', { not_coming: 'away' }, 'not_coming'],
    [
      'of a crew with another patient, received',
      { not_coming: 'other_patient', device_receipt: receipt },
      'not_coming',
    ],
    ['over, whatever was said of it', { stage: 'aborted', not_coming: 'away' }, 'ended'],
  ])('%s', (_, more, standing) => expect(standingOf(changed(more))).toBe(standing));
});

describe('a vehicle that does not come', () => {
  const absent = changed({ not_coming: 'other_patient', milestones: received.milestones });
  const coming = { ...received, id: 'c-1.t2', vehicle: 'B' };
  const both = incident('c-1', { stage: 'waiting', tasks: [absent, coming] });
  const known = new Map([absent, coming].map(({ id }) => [id, arrival(id)]));

  it('is counted apart from those that come', () => {
    expect(helpOf(both)).toEqual({ coming: [coming], absent: [absent] });
    expect([absent, coming].map(isUnderWay)).toEqual([false, true]);
    const incidents = new Map([[both.id, both]]);
    expect(absentTaskOf({ task: absent.id, incident: both.id }, incidents)).toBe(absent);
    expect(absentTaskOf({ task: coming.id, incident: both.id }, incidents)).toBeNull();
    expect(absentTaskOf(vehicle('A', { task: null, incident: null }), incidents)).toBeNull();
  });

  it('has no time of arrival and no way', () => {
    expect(arrivalFor(both, known)?.task).toBe(coming.id);
    expect(arrivalFor(incident('c-1', { tasks: [absent] }), known)).toBeNull();
    expect(waysWanted(both, known).map(({ task: id }) => id)).toEqual([coming.id]);
  });

  it('loses the arrival it had in the moment its crew says so, not with the next list', () => {
    const running = incident('c-1', { stage: 'running', tasks: [received] });
    const before: FeedState = {
      ...nothingYet,
      versions: new Map([['c', 1]]),
      incidents: new Map([[running.id, running]]),
      arrivals: new Map([[received.id, arrival(received.id)]]),
    };
    const told = { ...running, tasks: [{ ...received, not_coming: 'other_patient' as const }] };
    const change = { type: 'changes' as const, centre: 'c', first_version: 2, last_version: 2, log: [] };
    const after = reduce(before, { ...change, incidents: [told] }).state;
    expect([...after.arrivals.keys()]).toEqual([]);
    const late = reduce(after, { type: 'arrivals', made_at: NOON, arrivals: [arrival(received.id)] }).state;
    expect([...late.arrivals.keys()]).toEqual([]);
    const anew = reduce(before, { ...snapshot(), incidents: [told] }).state;
    expect([...anew.arrivals.keys()]).toEqual([]);
    expect([...reduce(before, { ...change, incidents: [running] }).state.arrivals.keys()]).toEqual([received.id]);
  });

  it('raises an alarm of its own, once for each thing its crew says', () => {
    const seat = { person: 'li', since: NOON, lostSince: null, exercise: false };
    const kinds = (tasks: Task[]) =>
      alarmsOf(
        { incidents: new Map([['c-1', incident('c-1', { tasks })]]), vehicles: new Map(), log: [] },
        seat,
        NOON + 1,
      ).map(({ kind, key }) => `${kind}: ${key}`);
    expect(kinds([changed({ not_coming: 'away', lapsed_at: NOON })])).toEqual(['not_coming: absent c-1.t1 away']);
    expect(kinds([absent])).toEqual(['not_coming: absent c-1.t1 other_patient']);
    expect(kinds([changed({ lapsed_at: NOON })])[0]).toMatch(/^not_received/);
    expect(kinds([{ ...absent, stage: 'aborted' }])).toEqual([]);
    const test = { ...incident('c-1').facts, test: true };
    const drill = new Map([['c-1', incident('c-1', { tasks: [absent], facts: test })]]);
    expect(alarmsOf({ incidents: drill, vehicles: new Map(), log: [] }, seat, NOON)).toEqual([]);
    expect(TUNES.not_coming.length).toBeGreaterThan(0);
  });
});

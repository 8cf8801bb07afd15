import { afterEach, describe, expect, it } from 'vitest';
import type { Vehicle } from '../src/api/types';
import { spokesman, waitingLines, waitingOf, writeTo, type Message } from '../src/messages/waiting';
import { feed } from '../src/feed/feed.svelte';
import { nothingYet } from '../src/feed/state';
import { alarmsOf, HEARD_ONCE, knownAtStart } from '../src/sounds/alarms';
import { watch } from '../src/sounds/watch.svelte';
import { golden, NOON, vehicle } from './examples';

const crew = (number: number, more: Partial<Message> = {}): Message => ({
  number,
  from: 'crew',
  centre: 'yinchuan',
  at: NOON + number * 1000,
  text: `第 ${number} 条`,
  ...more,
});
const centre = (number: number, more: Partial<Message> = {}): Message => crew(number, { from: 'centre', ...more });
const writing = (id: string, ...messages: Message[]): Vehicle => vehicle(id, { centre: 'yinchuan', messages });

describe('what a crew wrote', () => {
  it('waits until a dispatcher has seen it, whatever the centre wrote since', () => {
    const found = writing('V', crew(1, { seen_at: NOON }), crew(2), centre(3), crew(4));
    expect(waitingOf(found).map(({ number }) => number)).toEqual([2, 4]);
    expect(waitingOf(found, 3).map(({ number }) => number)).toEqual([2]);
    expect(waitingOf(vehicle('of a server of the release before'))).toEqual([]);
  });

  it('stands in one line for each vehicle, told by its newest need', () => {
    const { needs, told } = waitingLines([
      writing('A', crew(1), crew(2)),
      writing('B', crew(1, { need: 'police' }), crew(2, { need: 'another_vehicle' }), crew(3)),
      writing('C', crew(1, { need: 'fire_brigade', seen_at: NOON }), centre(2)),
      writing('D', crew(1, { at: NOON - 60_000 })),
    ]);
    expect(needs.map(({ vehicle: { id }, shown, through, others }) => [id, shown.need, through, others])).toEqual([
      ['B', 'another_vehicle', 3, 2],
    ]);
    // Who has waited longest stands first.
    expect(told.map(({ vehicle: { id }, shown, others }) => [id, shown.number, others])).toEqual([
      ['D', 1, 0],
      ['A', 2, 1],
    ]);
    expect(spokesman([])).toBeUndefined();
  });

  it('rings as a need until answered, once as a message, and anew for each', () => {
    const heard = (...messages: Message[]) =>
      alarmsOf(
        { incidents: new Map(), vehicles: new Map([['V', writing('V', ...messages)]]), log: [] },
        { person: 'li', since: NOON, lostSince: null, exercise: false },
        NOON,
      );
    const found = heard(crew(1, { seen_at: NOON }), crew(2), crew(3, { need: 'police' }), centre(4));
    expect(found).toEqual([
      { key: 'wrote V 3', kind: 'crew_need', vehicle: 'V' },
      { key: 'wrote V 2', kind: 'crew_message', vehicle: 'V' },
    ]);
    expect(found.filter(({ kind }) => HEARD_ONCE.includes(kind)).map(({ kind }) => kind)).toEqual(['crew_message']);
    // Who sits down hears of a need that nobody answered, and reads the rest.
    expect(knownAtStart(found)).toEqual(['wrote V 2']);
    expect(heard(crew(1, { seen_at: NOON, need: 'police' }))).toEqual([]);
  });
});

describe('the ear of the console', () => {
  afterEach(() => {
    feed.state = nothingYet;
    watch.forget();
  });
  const hear = (...messages: Message[]): void => {
    const vehicles = new Map([['V', writing('V', ...messages)]]);
    feed.state = { ...nothingYet, epoch: 'e', caughtUp: true, vehicles };
    watch.look();
  };
  const standing = () => watch.standing.map(({ key }) => key);

  it('hears a message as it comes and not again, and a need until somebody answers', () => {
    hear();
    hear(crew(1));
    const { passing } = watch;
    expect([passing, standing()]).toEqual([['crew_message'], []]);
    hear(crew(1));
    expect(watch.passing).toBe(passing);

    hear(crew(1), crew(2, { need: 'police' }));
    expect([watch.passing === passing, standing()]).toEqual([true, ['wrote V 2']]);
    hear(crew(1, { seen_at: NOON }), crew(2, { need: 'police', seen_at: NOON }));
    expect(standing()).toEqual([]);
    hear(crew(3));
    expect(watch.passing).not.toBe(passing);
  });
});

describe('words to a crew', () => {
  const told = (found: Vehicle, text: string, through?: number) => writeTo(found, text, through).command;

  it('answer what waits, through the newest of it, else are a message', () => {
    const waits = writing('YC-01-1', crew(5), centre(6));
    expect(told(waits, '电话确认')).toEqual(golden<{ command: unknown }>('command_answer_crew').command);
    expect(told(writing('V', crew(1, { seen_at: NOON })), '请报告位置')).toEqual({
      type: 'send_message',
      vehicle: 'V',
      text: '请报告位置',
    });
    expect(writeTo(waits, '').centre).toBe('yinchuan');
  });

  it('do not call seen what came while they were typed', () => {
    const found = writing('V', crew(1), centre(2), crew(3, { need: 'police' }));
    expect(told(found, '收到', 2)).toMatchObject({ type: 'answer_crew', through: 1 });
    expect(told(writing('V', centre(2), crew(3, { need: 'police' })), '收到', 2)).toMatchObject({
      type: 'send_message',
    });
  });
});

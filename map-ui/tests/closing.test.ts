import { describe, expect, it } from 'vitest';
import { blankIntake, faultOf, takeCall } from '../src/intake/form';
import { doubtsInWords, patientsLeft } from '../src/incident/doubts';
import { byUrgency } from '../src/queue/urgency';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import { incident, NOON } from './examples';

describe('the question whether to close', () => {
  it('gives each reason in both languages', () => {
    const doubts = [
      { doubt: 'patients_unaccounted' as const, reported: 3, accounted: 1 },
      { doubt: 'not_replaced' as const, task: 'yinchuan-12.t2' },
      { doubt: 'call_after_departure' as const, call_id: 'yinchuan-12.c2' },
      { doubt: 'fewer_than_wanted' as const, wanted: 2, came: 1 },
      { doubt: 'reopened' as const },
    ];
    const [first, second, ...rest] = doubtsInWords(doubts, zh);
    expect(first).toBe('还有 2 位病人没有下落（报告 3，已交代 1）');
    expect(second).toContain('12.t2');
    expect(rest).toHaveLength(3);
    for (const words of [zh, en]) expect(doubtsInWords(doubts, words).join(' ')).not.toMatch(/[{}]/);
    expect(patientsLeft(incident('c-1', { patients: { reported: 3, accounted: 1 } }))).toBe(2);
  });

  it('stands with those that wait, and an order not received before one under way', () => {
    const all = [
      incident('c-1', { stage: 'running' }),
      incident('c-2', { stage: 'not_received' }),
      incident('c-3', { stage: 'to_decide', opened_at: NOON - 9 }),
      incident('c-4', { stage: 'waiting' }),
    ];
    expect(byUrgency(all, NOON).map(({ id }) => id)).toEqual(['c-3', 'c-4', 'c-2', 'c-1']);
  });
});

describe('the vehicles a call wants', () => {
  it('go along only when there are more than one', () => {
    const wanted = (vehicles: string) =>
      takeCall({ ...blankIntake(), address: '鼓楼', vehicles }, 'yinchuan', NOON).command;
    expect(wanted('1')).not.toHaveProperty('vehicles_wanted');
    expect(wanted('3')).toHaveProperty('vehicles_wanted', 3);
    expect(faultOf({ ...blankIntake(), address: '鼓楼', vehicles: '0' })).toBe('badVehicles');
  });
});

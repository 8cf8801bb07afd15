import { describe, expect, it } from 'vitest';
import { describe as preview } from '../src/command-line/describe';
import { isExercise } from '../src/feed/exercise';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import { incident } from './examples';

const real = incident('yinchuan-1');
const drill = incident('yinchuan-2', { facts: { ...real.facts, test: true } });
const incidents = new Map([real, drill].map((it) => [it.id, it]));

describe('an exercise', () => {
  it('is known by its incident and by each of its tasks', () => {
    expect(isExercise(incidents, 'yinchuan-2')).toBe(true);
    expect(isExercise(incidents, 'yinchuan-2.t1')).toBe(true);
    expect(isExercise(incidents, 'yinchuan-1')).toBe(false);
    expect(isExercise(incidents, 'yinchuan-1.t2')).toBe(false);
    expect(isExercise(incidents, 'yinchuan-3')).toBe(false);
    expect(isExercise(incidents, '')).toBe(false);
  });

  it.each([
    ['zh', zh, '演练'],
    ['en', en, 'EXERCISE'],
  ] as const)('is named as one before a command is given, %s', (_, words, mark) => {
    const told = { incidents, vehicles: new Map(), centres: [] };
    const shown = (id: string) =>
      preview({ does: 'show', incident: id, vehicle: null } as unknown as Parameters<typeof preview>[0], words, told)
        .text;
    expect(shown('yinchuan-2')).toContain(mark);
    expect(shown('yinchuan-1')).not.toContain(mark);
  });
});

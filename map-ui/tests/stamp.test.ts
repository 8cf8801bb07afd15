import { describe, expect, it } from 'vitest';
import { clockOff, happenedAt, originOf } from '../src/tasks/stamp';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';

const nameOf = (person: string) => (person === 'p-1' ? '李娜' : undefined);

describe('who did it', () => {
  it('is a person by name, and a person where the name is not known', () => {
    expect(originOf({ by: 'person', person: 'p-1' }, zh, nameOf)).toBe('李娜');
    expect(originOf({ by: 'person', person: 'p-2' }, zh, nameOf)).toBe('人工');
  });

  it('is the crew or a rule', () => {
    expect(originOf({ by: 'crew_terminal', vehicle: 'YC-01-1' }, en, nameOf)).toBe('crew');
    expect(originOf({ by: 'automatic', rule: 'last_task_ended' }, en, nameOf)).toBe('automatic');
  });
});

describe('when it happened', () => {
  const told = { made_at: 5_000, recorded_at: 9_000, origin: { by: 'automatic' as const, rule: 'x' } };

  it('tells what a clock said that was minutes off, and of no other', () => {
    expect(clockOff(told)).toBeNull();
    expect(clockOff({ ...told, terminal_clock: 5_900 })).toBeNull();
    expect(clockOff({ ...told, made_at: 1_795_000_000_000, terminal_clock: 600_000 })).toBe(600_000);
  });

  it('is what the server knows best', () => {
    expect(happenedAt({ ...told, at: 7_000, clock_doubtful: true })).toBe(7_000);
  });

  it('is never the word of a clock that cannot be right, also from a server that does not tell it', () => {
    expect(happenedAt(told)).toBe(5_000);
    expect(happenedAt({ ...told, clock_doubtful: true })).toBe(9_000);
    expect(happenedAt({ ...told, made_at: 10_000 })).toBe(9_000);
  });
});

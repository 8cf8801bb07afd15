import { describe, expect, it } from 'vitest';
import { originOf } from '../src/tasks/stamp';
import { en } from '../src/words/en';
import { zh } from '../src/words/zh';

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

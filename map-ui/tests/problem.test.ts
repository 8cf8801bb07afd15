import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Problem, Region, Session } from '../src/api/types';
import { problemSaid } from '../src/console/problem';
import { session } from '../src/session/session.svelte';

beforeEach(() => {
  const centres = [
    { id: 'yinchuan', code: 'YC' },
    { id: 'wuzhong', code: 'WZ' },
  ];
  session.region = { centres } as unknown as Region;
  session.current = { sees: ['yinchuan', 'wuzhong'] } as unknown as Session;
});
afterEach(() => {
  session.region = null;
  session.current = null;
});

it('a refusal names incidents by the numbers that people say, each of several dangers too', () => {
  const details = { vehicle: 'YC-10-2', incident: 'yinchuan-1' };
  const refused: Problem = { code: 'already_on_incident', message: '', retry: false, details };
  expect(problemSaid(refused)).toBe('车辆 YC-10-2 已在事件 YC-1 上');
  const golden = new URL('../../wire-protocol/golden/problem_of_several_dangers.json', import.meta.url);
  const several = JSON.parse(readFileSync(golden, 'utf8')) as Problem;
  expect(several.dangers?.length).toBeGreaterThan(1);
  const lines = problemSaid(several).split('\n');
  expect(lines.length).toBe(1 + (several.dangers?.length ?? 0));
  expect(lines.join()).not.toMatch(/yinchuan-\d/);
});

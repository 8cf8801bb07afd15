import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { barTo, mayIssue, maySupervise, type CommandType, type Role } from '../src/session/permissions';

// What the server answered to every role, one order after another, its answers by role below it.
const answers = readFileSync(
  new URL('../../dispatch-server/tests/embedded/permissions/commands.txt', import.meta.url),
  'utf8',
);
const tried = answers.split(/\n(?=\w)/).map((part) => {
  const [order = '', ...lines] = part.split('\n');
  const may = (role: Role): boolean => {
    const line = lines.find((answer) => answer.trim().startsWith(`${role}: `));
    if (!line) throw new Error(`${order}: no answer to ${role}`);
    return !line.includes(`${role}: 403 not_allowed`);
  };
  return { order: order as CommandType, may };
});
const ROLES: readonly Role[] = [
  'call_taker',
  'dispatcher',
  'supervisor',
  'regional_duty_officer',
  'hospital',
  'administrator',
];

describe('what a role may order', () => {
  it('is what the server answers', () => {
    expect(tried.length).toBeGreaterThan(20);
    for (const { order, may } of tried)
      expect([order, ...ROLES.map((role) => mayIssue(role, order))]).toEqual([order, ...ROLES.map(may)]);
  });

  it('is told apart from where they may order it', () => {
    const actsFor = ['yinchuan'];
    expect(barTo('close_incident', 'yinchuan', { role: 'call_taker', actsFor })).toBe('role');
    expect(barTo('close_incident', 'wuzhong', { role: 'dispatcher', actsFor })).toBe('centre');
    expect(barTo('close_incident', 'yinchuan', { role: 'dispatcher', actsFor })).toBeNull();
    expect([maySupervise('dispatcher'), maySupervise('supervisor')]).toEqual([false, true]);
  });
});

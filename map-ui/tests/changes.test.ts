import { describe, expect, it } from 'vitest';
import { differences, isFound, type Entry } from '../src/admin/entries';
import { en } from '../src/words/en';
import { zh } from '../src/words/zh';

const entry: Entry = {
  number: 7, at: 1_795_000_000_000, by: 'p-1', by_name: '管理员', what: 'person_changed', about: 'wang.fang', centre: 'yinchuan',
  before: JSON.stringify({ name: 'wang.fang', role: 'call_taker', active: true }),
  after: JSON.stringify({ name: 'wang.fang', role: 'dispatcher', active: false }),
};

describe('a change somebody made', () => {
  it('is told by what differs, before and after, in either language', () => {
    expect(differences(entry, zh)).toEqual([
      { name: '角色', before: zh.vocabulary.Role.call_taker, after: zh.vocabulary.Role.dispatcher },
      { name: '可登录', before: '是', after: '否' },
    ]);
    expect(differences(entry, en).map(({ name }) => name)).toEqual(['role', 'may sign in']);
    expect(differences({ ...entry, before: null, after: 'not JSON' }, zh)).toEqual([]);
  });

  it('is found by who, what, to whom and what changed', () => {
    for (const text of ['', '管理', 'WANG', 'ｗａｎｇ', 'yinchuan', zh.vocabulary.Role.dispatcher, zh.screen.admin.did['person_changed'] ?? '']) {
      expect(isFound(entry, { text, kind: '' }, zh), text).toBe(true);
    }
    expect(isFound(entry, { text: 'nobody', kind: '' }, zh)).toBe(false);
    expect(isFound(entry, { text: '', kind: 'person_changed' }, zh)).toBe(true);
    expect(isFound(entry, { text: '', kind: 'vehicle_keys_made' }, zh)).toBe(false);
  });
});

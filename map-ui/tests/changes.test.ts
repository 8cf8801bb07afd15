import { describe, expect, it } from 'vitest';
import { codesFor } from '../src/admin/codes';
import { differences, type Entry } from '../src/admin/entries';
import { dayTime } from '../src/time/format';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';

const same = (id: string): string => id;

const entry: Entry = {
  number: 7,
  at: 1_795_000_000_000,
  by: 'p-1',
  by_name: '管理员',
  what: 'person_changed',
  about: 'wang.fang',
  centre: 'yinchuan',
  before: JSON.stringify({ name: 'wang.fang', role: 'call_taker', active: true }),
  after: JSON.stringify({ name: 'wang.fang', role: 'dispatcher', active: false }),
};

describe('a change somebody made', () => {
  it('is told by what differs, before and after, in either language', () => {
    expect(differences(entry, zh, same)).toEqual([
      { name: '角色', before: zh.vocabulary.Role.call_taker, after: zh.vocabulary.Role.dispatcher },
      { name: '可登录', before: '是', after: '否' },
    ]);
    expect(differences(entry, en, same).map(({ name }) => name)).toEqual(['role', 'may sign in']);
    expect(differences({ ...entry, before: null, after: 'not JSON' }, zh, same)).toEqual([]);
  });

  it('tells places and times as people do: a centre and a hospital by name, a kind by its word', () => {
    const facts = {
      centre: 'ningxia',
      hospital: 'H-1',
      kind: 'closed',
      password: 'new',
      until: entry.at,
      area: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    };
    const told = differences({ ...entry, before: null, after: JSON.stringify(facts) }, zh, (id) => `“${id}”`);
    expect(told.map(({ before, after }) => [before, after])).toEqual([
      ['–', '“ningxia”'],
      ['–', '“H-1”'],
      ['–', zh.vocabulary.RoadConditionKind.closed],
      ['–', '新密码'],
      ['–', dayTime(entry.at)],
      ['–', '已画 3 点'],
    ]);
  });

  it('is searched for by the words of the screen: the server is told the codes behind them', () => {
    const region = {
      centres: [{ id: 'yinchuan', name_zh: '银川市紧急救援中心', name_en: 'Yinchuan City Centre' }],
      hospitals: [],
    } as unknown as Parameters<typeof codesFor>[2];
    expect(codesFor(zh.vocabulary.Role.dispatcher, zh, region).split(',')).toContain('dispatcher');
    expect(codesFor('ＲＯＬＥ', en, region).split(',')).toContain('role');
    expect(codesFor(zh.screen.admin.did['person_changed'] ?? '', zh, region)).toBe('person_changed');
    expect([codesFor('银川', en, region), codesFor('yinchuan', zh, region)]).toEqual(['yinchuan', 'yinchuan']);
    expect([codesFor(' ', zh, region), codesFor('nobody', zh, null)]).toEqual(['', '']);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../src/api/types';
import { en } from '../src/i18n/en';
import { fill } from '../src/i18n/fill';
import { problemInWords } from '../src/i18n/problem';
import { zh } from '../src/i18n/zh';

interface Schema {
  enum?: string[];
}
const fromRoot = (path: string) => new URL(`../../${path}`, import.meta.url);
const document = JSON.parse(readFileSync(fromRoot('dispatch-server/openapi.json'), 'utf8')) as {
  components: { schemas: Record<string, Schema> };
};

const codesIn = (path: string): string[] =>
  readFileSync(fromRoot(path), 'utf8')
    .split('\n')
    .map((line) => line.split('#')[0]?.trim() ?? '')
    .filter(Boolean)
    .map((line) => line.split(/\s/)[0] ?? '');
const CODE_FILES = ['dispatch-core/rejection-codes.txt', 'dispatch-server/problem-codes.txt'].filter((path) =>
  existsSync(fromRoot(path)),
);

function leaves(table: object, path = ''): [string, string][] {
  return Object.entries(table).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [[`${path}${name}`, value] as [string, string]]
      : leaves(value as object, `${path}${name}.`),
  );
}
const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

describe('the words', () => {
  it.each(CODE_FILES)('cover every code of %s', (path) => {
    const codes = codesIn(path);
    expect(codes.length).toBeGreaterThan(10);
    for (const table of [zh, en]) expect(codes.filter((code) => !table.problems[code])).toEqual([]);
  });

  it('cover every word list of the API', () => {
    const lists = Object.entries(document.components.schemas).filter(([, schema]) => schema.enum);
    expect(lists.length).toBeGreaterThan(20);
    for (const table of [zh, en]) {
      const known = table.vocabulary as Record<string, Record<string, string>>;
      expect(
        lists.flatMap(([name, schema]) =>
          (schema.enum ?? []).filter((word) => !known[name]?.[word]).map((word) => `${name}.${word}`),
        ),
      ).toEqual([]);
    }
  });

  it('cover every kind of event of the journal', () => {
    // The core's own test holds that every kind has its golden file, `<kind>.json` or `<kind>-<what>.json`.
    const kinds = readdirSync(fromRoot('dispatch-core/golden')).map((file) => file.replace(/(-.*)?\.json$/, ''));
    expect(kinds.length).toBeGreaterThan(20);
    for (const table of [zh, en])
      expect(kinds.filter((kind) => !table.log[kind] || !table.sentences[kind])).toEqual([]);
  });

  it('say the same in both languages, with the same blanks', () => {
    const english = new Map(leaves(en));
    const chinese = leaves(zh);
    expect([...english.keys()].sort()).toEqual(chinese.map(([name]) => name).sort());
    for (const [name, text] of chinese) expect([name, holes(english.get(name) ?? '')]).toEqual([name, holes(text)]);
    expect([...chinese, ...english].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('fill their blanks and translate the details of a refusal', () => {
    expect(fill('派 {vehicle}，{gone}', { vehicle: 'YC-01-1' })).toBe('派 YC-01-1，—');
    const problem: Problem = {
      code: 'already_in_state',
      message: '',
      details: { vehicle: 'YC-01-1', state: 'paused' },
      retry: false,
    };
    expect(problemInWords(problem, zh)).toBe('车辆 YC-01-1 已是“暂停调用”');
    const several = JSON.parse(
      readFileSync(fromRoot('wire-protocol/golden/problem_of_several_dangers.json'), 'utf8'),
    ) as Problem;
    const [first, second] = (several.dangers ?? []).map((danger) => problemInWords({ ...danger, retry: false }, zh));
    expect(problemInWords(several, zh)).toBe(`${zh.problems['several_dangers']}\n1. ${first}\n2. ${second}`);
    expect(problemInWords({ ...problem, code: 'of_tomorrow', message: 'something new' }, zh)).toBe(
      'something new (of_tomorrow)',
    );
  });
});

import type { Schemas } from '../api/types';
import type { NameOf } from '../log/sentence';
import { dayTime } from '../time/format';
import { fill } from '../i18n/fill';
import type { Words } from '../i18n/language.svelte';

export type Entry = Schemas['AdministrationEntry'];

// What a change names by id and a person by its name.
const NAMED = ['centre', 'hospital'];

export interface Difference {
  name: string;
  before: string;
  after: string;
}

// As much of a value as tells it from another one; the whole of it is in the export.
const SHOWN_AT_MOST = 80;

// Only what differs, in words: the rest stays as it was.
export function differences({ before, after }: Entry, words: Words, nameOf: NameOf): Difference[] {
  const [was, is] = [facts(before), facts(after)];
  const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (name) => JSON.stringify(was[name] ?? null) !== JSON.stringify(is[name] ?? null),
  );
  return changed.map((name) => ({
    name: words.screen.admin.fields[name] ?? name,
    before: inWords(name, was[name], words, nameOf),
    after: inWords(name, is[name], words, nameOf),
  }));
}

function facts(json: string | null | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function inWords(name: string, value: unknown, { screen, vocabulary }: Words, nameOf: NameOf): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'boolean') return value ? screen.admin.yes : screen.admin.no;
  const lists: Record<string, Record<string, string>> = {
    role: vocabulary.Role,
    datum: vocabulary.TerminalDatum,
    keys: vocabulary.TerminalKeys,
    kind: vocabulary.RoadConditionKind,
    // No password is in any record, only that there is another one.
    password: { new: screen.admin.newPassword },
  };
  const word = lists[name]?.[String(value)];
  if (word !== undefined) return word;
  if (name === 'until' && typeof value === 'number') return dayTime(value);
  if (name === 'area' && Array.isArray(value)) return fill(screen.roads.corners, { n: value.length });
  if (NAMED.includes(name)) return nameOf(String(value));
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, SHOWN_AT_MOST);
}

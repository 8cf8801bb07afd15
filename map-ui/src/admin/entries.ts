import type { Schemas } from '../api/types';
import type { Words } from '../words/language.svelte';

export type Entry = Schemas['AdministrationEntry'];

export interface Difference {
  name: string;
  before: string;
  after: string;
}

// As much of a value as tells it from another one; the whole of it is in the export.
const SHOWN_AT_MOST = 80;

// Only what differs, in words: the rest stays as it was.
export function differences({ before, after }: Entry, words: Words): Difference[] {
  const [was, is] = [facts(before), facts(after)];
  const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (name) => JSON.stringify(was[name] ?? null) !== JSON.stringify(is[name] ?? null),
  );
  return changed.map((name) => ({
    name: words.screen.admin.fields[name] ?? name,
    before: inWords(name, was[name], words),
    after: inWords(name, is[name], words),
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

function inWords(name: string, value: unknown, { screen, vocabulary }: Words): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'boolean') return value ? screen.admin.yes : screen.admin.no;
  if (name === 'role') return (vocabulary.Role as Record<string, string>)[String(value)] ?? String(value);
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, SHOWN_AT_MOST);
}

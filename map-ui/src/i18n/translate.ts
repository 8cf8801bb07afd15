import { en } from './en';
import { zh } from './zh';

// A word as typed, in either language, to the word on the wire.
export function wireWord(list: keyof typeof zh.vocabulary, typed: string): string | undefined {
  const wanted = typed.toLowerCase();
  for (const table of [zh, en]) {
    const found = Object.entries(table.vocabulary[list] as Record<string, string>).find(
      ([, text]) => text.toLowerCase() === wanted,
    );
    if (found) return found[0];
  }
  return undefined;
}

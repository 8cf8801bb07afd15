import type { CommandType } from '../../commands/commands';
import type { Language } from '../languages';

type InEach<T> = Readonly<Record<Language, T>>;

// What stands on the button that issues a command.
export type Labels = Partial<Record<CommandType, InEach<string>>>;

interface Told {
  // What has happened, in a word.
  readonly word: string;
  // One line of the log. A part in brackets is left out when a blank in it was not told.
  readonly sentence: string;
}

// By kind of event.
export type EventWords = Readonly<Record<string, InEach<Told>>>;

// Of each row what it holds for one language.
export function ofEach<K extends string, T>(rows: Readonly<Record<K, T>>, text: (row: T) => string): Record<K, string> {
  const texts = Object.entries<T>(rows).map(([name, row]) => [name, text(row)]);
  return Object.fromEntries(texts) as Record<K, string>;
}

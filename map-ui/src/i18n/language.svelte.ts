import type { Schemas } from '../api/types';
import { en } from './en';
import type { Language } from './languages';
import { zh } from './zh';

export type { Language };
export type Words = typeof zh;

const KEPT_AS = 'helan-language';
const TABLES: Record<Language, Words> = { zh, en };

class Choice {
  current = $state<Language>('zh');

  constructor() {
    try {
      if (localStorage.getItem(KEPT_AS) === 'en') this.current = 'en';
    } catch {
      // A browser that keeps nothing starts in Chinese each time.
    }
  }

  choose(language: Language): void {
    this.current = language;
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    try {
      localStorage.setItem(KEPT_AS, language);
    } catch {
      // As above.
    }
  }

  toggle(): void {
    this.choose(this.current === 'zh' ? 'en' : 'zh');
  }
}

export const language = new Choice();

export const words = (): Words => TABLES[language.current];
export const screen = (): Words['screen'] => words().screen;
export const labels = (): Words['labels'] => words().labels;
export const vocabulary = (): Words['vocabulary'] => words().vocabulary;

// A code of the region's own is shown as it stands.
export const equipmentInWords = (code: string): string =>
  (vocabulary().Equipment as Record<string, string>)[code] ?? code;

// Every hazard with its word, as forms offer them.
export const hazardsInWords = (): [Schemas['Hazard'], string][] =>
  Object.entries(vocabulary().Hazard) as [Schemas['Hazard'], string][];

// Several things in one sentence.
export const listed = (things: readonly string[]): string => things.join(language.current === 'zh' ? '、' : ', ');

// In English with the Chinese beside it, as it stands on signs and on the lips of whoever calls.
export function nameInBoth(zh: string, en: string): { name: string; beside: string } {
  const isEnglish = language.current === 'en' && en !== '';
  return isEnglish ? { name: en, beside: en === zh ? '' : zh } : { name: zh, beside: '' };
}

export function nameOf(thing: { name_zh: string; name_en: string } | undefined): string {
  return thing ? nameInBoth(thing.name_zh, thing.name_en).name : '';
}

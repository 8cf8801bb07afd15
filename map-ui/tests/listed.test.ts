import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { language, listed } from '../src/i18n/language.svelte';

afterEach(() => {
  language.current = 'zh';
});

it('several things are told with the commas of the language', () => {
  expect(listed(['现场', '主诉'])).toBe('现场、主诉');
  language.current = 'en';
  expect(listed(['scene', 'complaint'])).toBe('scene, complaint');
});

it('no part of the screen writes the commas of one language itself', () => {
  const source = new URL('../src/', import.meta.url);
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(svelte|ts)$/.test(path) && !path.startsWith('i18n'))
    .filter((path) => readFileSync(new URL(path, source), 'utf8').includes("join('、')"));
  expect(files).toEqual([]);
});

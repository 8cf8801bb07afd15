import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { VEHICLE_STATES } from '../src/api/types';
import { groupOf } from '../src/map/states';

const page = (file: string) =>
  readFileSync(new URL(`../../vehicle-agent/src/crew/page/${file}`, import.meta.url), 'utf8');

// The rows of a list of the page: state and what stands for it.
function rows(name: string): Map<string, string> {
  const list = new RegExp(`const ${name} = \\{([^}]*)\\}`).exec(page('draw.js'))?.[1] ?? '';
  return new Map([...list.matchAll(/(\w+): '?([^',]*)'?,/g)].map(([, state = '', value = '']) => [state, value]));
}

// The page is plain JavaScript, which no compiler holds to the list of states.
test.each(VEHICLE_STATES)("the crew's page has a sign and words for the state %s", (state) => {
  expect(rows('DIGITS').get(state)).toMatch(/^\d$/);
  expect(rows('GROUP').get(state)).toBe(groupOf(state));
  expect(rows('CHOOSES_HOSPITAL').get(state)).toMatch(/^(true|false)$/);
  expect(page('style.css')).toMatch(new RegExp(`\\.s-${state}\\b`));
  expect(page('words.js')).toMatch(new RegExp(`\\b${state}: \\[`));
});
